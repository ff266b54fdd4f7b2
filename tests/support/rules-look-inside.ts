// Looks into containers from outside, because most of them have no shell: a program that runs beside the engine, as root, with the
// host's process table. It takes orders as JSON and answers with what it saw.
import { execFile, execFileSync } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, statSync, unlinkSync } from 'node:fs'
import { connect } from 'node:net'
import { promisify } from 'node:util'

/** The first process of a container, as the host counts, its image, and the addresses that are tried from its network, by name. */
export type Order = { pid: number; image: string; addresses: Record<string, string[]> }

export type Process = {
  name: string
  command: string
  uids: number[]
  gid: number
  /** Whether any set of capabilities has one. */
  capabilities: boolean
  noNewPrivileges: boolean
  seccomp: number
  /** Its share of the memory that it has in common with others, and what is its own. */
  residentBytes: number
}
export type Mount = { point: string; type: string; options: string }
export type File = { path: string; type: string; mode: number; uid: number }

export type Glimpse = {
  processes: Process[]
  mounts: Mount[]
  /** Of its image: volumes and scratch are not looked into. */
  files: File[]
  /** Files of its image that hold a private key. */
  keys: string[]
  /** Folders in which its own user could make a file. */
  written: string[]
  /** Names of the addresses that answered. */
  reached: string[]
}

const read = (path: string) => readFileSync(path, 'utf8')
const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  })

const fieldsOf = (pid: number): Record<string, string> =>
  Object.fromEntries(
    read(`/proc/${pid}/status`)
      .trim()
      .split('\n')
      .map((line) => line.split(':\t').map((part) => part.trim()) as [string, string]),
  )

/** The process and its descendants; what a health check or an operator runs beside them is not of the container. */
function familyOf(first: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => attempt(() => [[Number(name), Number(fieldsOf(Number(name)).PPid)]] as const) ?? [])
  const family = [first]
  for (const member of family)
    family.push(...parents.filter(([, parent]) => parent === member).map(([pid]) => pid))
  return family
}

/** Processes end while they are read. */
function attempt<Answer>(ask: () => Answer): Answer | undefined {
  try {
    return ask()
  } catch {
    return undefined
  }
}

function readProcess(pid: number): Process {
  const status = fieldsOf(pid)
  const sets = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map((set) => BigInt(`0x${status[set]}`))
  const [, kilobytes = '0'] = /^Pss: +(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`)) ?? []
  return {
    name: status.Name ?? '',
    command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' '),
    uids: (status.Uid ?? '').split('\t').map(Number),
    gid: Number(status.Gid?.split('\t')[0]),
    capabilities: sets.some((set) => set !== 0n),
    noNewPrivileges: status.NoNewPrivs === '1',
    seccomp: Number(status.Seccomp),
    residentBytes: Number(kilobytes) * 1024,
  }
}

function readMounts(pid: number): Mount[] {
  return read(`/proc/${pid}/mountinfo`)
    .trim()
    .split('\n')
    .map((line) => {
      const [place = '', source = ''] = line.split(' - ')
      const [, , , , point = '', options] = place.split(' ')
      const [type = '', , more] = source.split(' ')
      return { point, type, options: `${options},${more}` }
    })
}

function listFiles(pid: number): File[] {
  const lines = run('find', `/proc/${pid}/root/`, '-xdev', '-printf', '%y %m %U /%P\\n').trim().split('\n')
  return lines.map((line) => {
    const [type = '', mode = '', uid = '', ...path] = line.split(' ')
    return { type, mode: Number.parseInt(mode, 8), uid: Number(uid), path: path.join(' ') }
  })
}

/** Small text files with a private key in them, not programs that know what one looks like. */
function findKeys(pid: number): string[] {
  const root = `/proc/${pid}/root`
  const pattern = '^-----BEGIN ([A-Z]+ )*PRIVATE KEY-----$'
  const inText = [
    'grep',
    '--files-with-matches',
    '--binary-files=without-match',
    '--extended-regexp',
    '-e',
    pattern,
  ]
  const found = run(
    'find',
    `${root}/`,
    '-xdev',
    '-type',
    'f',
    '-size',
    '-64k',
    '-exec',
    'sh',
    '-c',
    '"$@" || :',
    'sh',
    ...inText,
    '{}',
    '+',
  )
  return found
    .split('\n')
    .filter(Boolean)
    .map((path) => path.slice(root.length + 1))
}

/** Tries it, as the user of the container and nobody else. */
function tryToWrite(pid: number, folders: string[], { uids, gid }: Process): string[] {
  process.setgroups?.([])
  process.setegid?.(gid)
  process.seteuid?.(uids[0] ?? 0)
  const written = folders.filter((folder) =>
    attempt(() => {
      const file = `/proc/${pid}/root${folder}/.written-by-a-test`
      closeSync(openSync(file, 'wx'))
      unlinkSync(file)
      return true
    }),
  )
  process.seteuid?.(0)
  process.setegid?.(0)
  return written
}

/** What there is in an image is looked for in the first container that runs it. */
const seen = new Map<string, Pick<Glimpse, 'files' | 'keys'>>()

function lookIntoImage({ image, pid }: Order): Pick<Glimpse, 'files' | 'keys'> {
  const known = seen.get(image) ?? { files: listFiles(pid), keys: findKeys(pid) }
  seen.set(image, known)
  return known
}

const isFolder = (path: string) => attempt(() => statSync(path).isDirectory()) ?? false

/** From the network of the container, in a process of its own: names of the addresses that answer. */
async function tryToReach(order: Order): Promise<string[]> {
  const names = await promisify(execFile)('nsenter', [
    `--net=/proc/${order.pid}/ns/net`,
    process.execPath,
    import.meta.filename,
    'connect',
    JSON.stringify(order.addresses),
  ])
  return JSON.parse(names.stdout)
}

/** What is said to each, and what only it replies: on some hosts a proxy answers for every address that there is none at. */
const talks: Record<string, { say: string; expect: RegExp }> = {
  db: { say: '\0\0\0\x08\x04\xd2\x16\x2f', expect: /^[NS]$/ },
  redis: { say: 'PING\r\n', expect: /^[+-]/ },
  auth: { say: 'GET /openapi.json HTTP/1.0\r\n\r\n', expect: /^HTTP\/1.1 200/ },
  api: { say: 'GET /health HTTP/1.0\r\n\r\n', expect: /^HTTP\/1.1 200/ },
  backup: { say: 'GET /health HTTP/1.0\r\n\r\n', expect: /^HTTP\/1.1 200/ },
  outside: { say: '', expect: /^outside/ },
}

function answers(name: string, address: string): Promise<boolean> {
  const [host = '', port] = address.split(':')
  const talk = talks[name]
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), timeout: 2_000 })
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.on('connect', () => socket.write(talk?.say ?? '', 'latin1'))
    socket.on('data', (reply) => end(talk?.expect.test(reply.toString('latin1')) ?? true))
    for (const event of ['error', 'timeout', 'close']) socket.on(event, () => end(false))
  })
}

async function reach(addresses: Order['addresses']): Promise<string[]> {
  const tried = Object.entries(addresses).map(async ([name, list]) => {
    const answered = await Promise.all(list.map((address) => answers(name, address)))
    return answered.includes(true) ? [name] : []
  })
  return (await Promise.all(tried)).flat()
}

async function look(order: Order): Promise<Glimpse> {
  const { pid } = order
  const reached = tryToReach(order)
  const processes = familyOf(pid).flatMap((member) => attempt(() => readProcess(member)) ?? [])
  const mounts = readMounts(pid)
  const { files, keys } = lookIntoImage(order)
  const points = mounts.map(({ point }) => point).filter((point) => isFolder(`/proc/${pid}/root${point}`))
  const folders = files.filter(({ type }) => type === 'd').map(({ path }) => path)
  const written = processes[0] ? tryToWrite(pid, [...new Set([...points, ...folders])], processes[0]) : []
  return { processes, mounts, files, keys, written, reached: await reached }
}

const [task, json = '{}'] = process.argv.slice(2)
if (task === 'connect') console.log(JSON.stringify(await reach(JSON.parse(json))))
if (task === 'look') console.log(JSON.stringify(await Promise.all((JSON.parse(json) as Order[]).map(look))))
