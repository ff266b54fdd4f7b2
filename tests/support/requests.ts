import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request } from 'node:https'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { baseUrl, docker, folder, toolsImage } from './stack.ts'

export type Account = { token: string; email: string }

type Parts = { method?: string; token?: string; body?: string | Buffer; type?: string }

const agent = new Agent({ keepAlive: true, rejectUnauthorized: false })
const password = 'correct horse battery'

/** Over kept-alive connections to the edge, whose certificate nobody vouches for here. */
export function send(
  path: string,
  { method = 'GET', token, body, type = 'application/json' }: Parts = {},
): Promise<Response> {
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': type, 'content-length': Buffer.byteLength(body) }),
  }
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, baseUrl), { method, headers, agent }, (answer) => {
      const { statusCode: status = 0, headers: said } = answer
      answer
        .toArray()
        .then((chunks) =>
          resolve(
            new Response(chunks.length === 0 ? null : Buffer.concat(chunks), {
              status,
              headers: said as Record<string, string>,
            }),
          ),
        )
        .catch(reject)
    })
    outgoing.on('error', reject).end(body)
  })
}

export async function aSignedInAccount(): Promise<Account> {
  const email = `${randomUUID()}@example.com`
  await send('/auth/register', { method: 'POST', body: JSON.stringify({ email, password }) })
  const answer = await signIn(email)
  return { email, token: ((await answer.json()) as { access_token: string }).access_token }
}

export const signIn = (email: string) =>
  send('/auth/jwt/login', {
    method: 'POST',
    body: new URLSearchParams({ username: email, password }).toString(),
    type: 'application/x-www-form-urlencoded',
  })

export type Repetition = { count: () => number; stop: () => Promise<string[]> }

/** Work of several, again and again until it is stopped; what went wrong is what `stop` resolves with. */
function repeatAtOnce(times: number, work: () => Promise<string | null>): Repetition {
  let isOver = false
  let done = 0
  const faults: string[] = []
  const turns = Array.from({ length: times }, async () => {
    while (!isOver) {
      const fault = await work().catch(String)
      if (fault) faults.push(fault)
      done += 1
    }
  })
  return {
    count: () => done,
    stop: async () => {
      isOver = true
      await Promise.all(turns)
      return faults
    },
  }
}

/** Reads, writes and sign-ins, as visitors make them. */
export function keepRequesting(account: Account): Repetition {
  const read = () => send('/api/documents', account)
  const readOwn = () => send('/users/me', account)
  const write = () => send('/api/documents', { ...account, method: 'POST', body: '{"title":"under load"}' })
  let turn = 0
  // An account may have a hundred documents.
  const kinds = [
    read,
    readOwn,
    () => (turn < 700 ? write() : read()),
    read,
    readOwn,
    () => signIn(account.email),
    read,
    readOwn,
  ]
  return repeatAtOnce(4, async () => {
    turn += 1
    const answer = await (kinds[turn % kinds.length] as () => Promise<Response>)()
    // Visitors take a breath.
    await pause(50)
    return answer.status < 400 ? null : `${answer.status} ${await answer.text()}`
  })
}

/** New connections to the database, from its own network: the host has no way in. */
export function keepConnecting(db: string): Repetition {
  const network = docker(
    'inspect',
    '--format',
    '{{range $name, $_ := .NetworkSettings.Networks}}{{$name}}{{end}}',
    db,
  )
  const secrets = `${join(folder, 'secrets')}:/run/secrets:ro`
  const container = ['run', '--rm', '--interactive', '--network', network.trim(), '--volume', secrets]
  const program = [toolsImage, 'node', 'tests/support/connect-again.ts']
  const child = spawn('docker', [...container, '--user', '0:0', ...program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  const outcomes: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => outcomes.push(line))
  return {
    count: () => outcomes.length,
    stop: async () => {
      child.stdin.end()
      await ended
      return outcomes.filter((outcome) => outcome !== 'connected')
    },
  }
}
