import { idOf } from './backup.ts'
import { project } from './releases.ts'
import { docker, toolsImage, until } from './stack.ts'

export type Mail = { subject: string; text: string }
/** What the webhook got. */
export type Call = { raised: { code: string; remedy: string }[]; cleared: string[] }

const network = `${project}-network`
const names = { mail: `${project}-ears-mail`, webhook: `${project}-ears-webhook` }

/** What stands in .env, so that the sidecar tells this mail server and this webhook. */
export const settingsOfEars = [
  'SMTP_HOST=ears-mail',
  'SMTP_PORT=1025',
  'SMTP_TLS=false',
  'ALERT_MAIL_TO=operator@example.com',
  'ALERT_WEBHOOK_URL=http://ears-webhook:8080/',
].join('\n')

/** A mail server and a webhook in the network of the stack, for as long as the project is there. */
export function startEars(): void {
  const serve = `http.createServer(async (request, response) => { console.log((await request.toArray()).join('')); response.end() }).listen(8080)`
  const maildev = ['node_modules/maildev/dist/bin/maildev.js', '--smtp', '1025', '--web', '1080', '--silent']
  start('mail', maildev)
  start('webhook', ['--eval', serve])
}

function start(what: keyof typeof names, words: string[]): void {
  const options = [
    '--detach',
    '--init',
    '--name',
    names[what],
    '--label',
    `com.docker.compose.project=${project}`,
  ]
  docker(
    'run',
    ...options,
    '--network',
    network,
    '--network-alias',
    `ears-${what}`,
    toolsImage,
    'node',
    ...words,
  )
}

export const calls = (): Call[] =>
  docker('logs', names.webhook)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

export async function mails(): Promise<Mail[]> {
  const address = docker(
    'inspect',
    '--format',
    '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}',
    names.mail,
  )
  const answer = await fetch(`http://${address.trim()}:1080/api/email`)
  return (await answer.json()) as Mail[]
}

/** Waits until the alert stands, and was told in each way. */
export const untilRaised = (code: string) =>
  until(
    async () =>
      standing().includes(code) &&
      calls().some(({ raised }) => raised.some((alert) => alert.code === code)) &&
      (await mails()).some(({ subject }) => subject.includes(code) && !subject.includes('over')),
    150_000,
  )

/** Waits until it stands no more, and that was told in each way. */
export const untilCleared = (code: string) =>
  until(
    async () =>
      !standing().includes(code) &&
      calls().some(({ cleared }) => cleared.includes(code)) &&
      (await mails()).some(({ text }) => text.includes(`${code} is over.`)),
    150_000,
  )

/** In the sidecar's metrics. */
function standing(): (string | undefined)[] {
  const ask = 'console.log(await (await fetch("http://127.0.0.1:9464/metrics")).text())'
  const metrics = docker('exec', idOf('backup'), 'node', '--input-type=module', '--eval', ask)
  return [...metrics.matchAll(/^backup_alerts\{.*code="(\w+)".*\} 1$/gm)].map(([, code]) => code)
}
