import type { Link, Message } from './messages.ts'

/** The text half of a mail. */
export function renderText({ body }: Message): string {
  const blocks = body.map((block) => (typeof block === 'string' ? block : `${block.label}:\n${block.url}`))
  return `${blocks.join('\n\n')}\n`
}

/** The HTML half: one column, no colours but the buttons', so that light and dark are the reader's. */
export function renderHtml({ subject, body }: Message, language: string): string {
  const blocks = body.map((block) => (typeof block === 'string' ? renderParagraph(block) : renderLink(block)))
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere">
<div style="max-width:480px;margin:0 auto">
<h1 style="margin:0 0 24px;font-size:20px;line-height:1.3">${escapeHtml(subject)}</h1>
${blocks.join('\n')}
</div>
</body>
</html>
`
}

function renderParagraph(text: string): string {
  return `<p style="margin:0 0 16px">${escapeHtml(text).replaceAll('\n', '<br>')}</p>`
}

const button =
  'display:inline-block;padding:12px 20px;border-radius:8px;background:#1d6b5a;color:#ffffff;text-decoration:none'

function renderLink({ label, url }: Link): string {
  return `<p style="margin:24px 0"><a href="${escapeHtml(url)}" style="${button}">${escapeHtml(label)}</a></p>`
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] as string)
}
