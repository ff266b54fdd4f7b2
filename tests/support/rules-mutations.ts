import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Rule } from './rules.ts'
import { docker, until } from './stack.ts'

/** Something that a rule must not let pass: the options, image or program of a container that keeps every other rule. */
export type Mutation = {
  rules: Rule[]
  without?: (keyof typeof hardened)[]
  with?: string[]
  image?: keyof typeof images
  program?: string
}

/** What compose/prod.yml gives every container, as options of `docker run`. */
const hardened = {
  root: ['--read-only'],
  capabilities: ['--cap-drop', 'ALL'],
  privileges: ['--security-opt', 'no-new-privileges:true'],
  processes: ['--pids-limit', '64'],
  memory: ['--memory', '64m', '--memory-swap', '64m'],
  processors: ['--cpus', '0.2', '--cpu-shares', '512'],
  limits: ['--ulimit', 'nofile=1024', '--ulimit', 'nproc=4096'],
  scratch: ['--tmpfs', '/tmp:size=1m,mode=1777,noexec,nosuid,nodev'],
  logs: ['--log-opt', 'max-size=1m', '--log-opt', 'max-file=1'],
  restart: ['--restart', 'unless-stopped'],
  network: ['--network', 'none'],
}

export const marker = 'a-secret-that-only-this-test-has'
const still = "setInterval(() => {}, 1_000_000); console.log('ready')"

/** Lines of Dockerfiles: an image that keeps the rules, and what breaks them. */
const images = {
  sound: '',
  setuid: 'COPY --chmod=4755 <<EOF /app/program\nEOF',
  setgid: 'COPY --chmod=2755 <<EOF /app/program\nEOF',
  worldWritable: 'COPY --chmod=666 <<EOF /app/data\nEOF',
  owned: 'COPY --chown=65532 <<EOF /app/data\nEOF',
  shell: 'COPY <<EOF /usr/bin/bash\nEOF',
  installer: 'COPY <<EOF /usr/bin/apt-get\nEOF',
  downloader: 'COPY <<EOF /usr/bin/curl\nEOF',
  sourceMap: 'COPY <<EOF /app/main.js.map\nEOF',
  settings: 'COPY <<EOF /app/.env\nEOF',
  key: 'COPY <<EOF /app/key.pem\n-----BEGIN RSA PRIVATE KEY-----\nEOF',
  environment: `ENV PASSWORD=${marker}`,
  unchecked: 'HEALTHCHECK NONE',
}

export const mutations: Record<string, Mutation> = {
  'a process of root': { rules: ['runs as a user of its own'], with: ['--user', '0'] },
  'a root that can be written': { rules: ['writes to volumes and scratch only'], without: ['root'] },
  'capabilities of Docker': { rules: ['has no capability'], without: ['capabilities'] },
  'one more capability': { rules: ['has no capability'], with: ['--cap-add', 'NET_RAW'] },
  'new privileges': { rules: ['gains no privilege'], without: ['privileges'] },
  'unfiltered system calls': {
    rules: ['makes filtered system calls only'],
    with: ['--security-opt', 'seccomp=unconfined'],
  },
  'any number of processes': { rules: ['has a limit of processes'], without: ['processes'] },
  'any amount of memory': { rules: ['has a limit of memory, and no swap beside it'], without: ['memory'] },
  swap: {
    rules: ['has a limit of memory, and no swap beside it'],
    without: ['memory'],
    with: ['--memory', '64m', '--memory-swap', '128m'],
  },
  'all processors': {
    rules: ['has a limit and a share of the processors'],
    without: ['processors'],
    with: ['--cpu-shares', '512'],
  },
  'no share of the processors': {
    rules: ['has a limit and a share of the processors'],
    without: ['processors'],
    with: ['--cpus', '0.2'],
  },
  'any number of files': {
    rules: ['has limits of open files and of processes for its user'],
    without: ['limits'],
    with: ['--ulimit', 'nproc=4096'],
  },
  'programs in scratch': {
    rules: ['has scratch that runs nothing'],
    without: ['scratch'],
    with: ['--tmpfs', '/tmp:size=1m,mode=1777,exec'],
  },
  'scratch of any size': {
    rules: ['has scratch that runs nothing'],
    without: ['scratch'],
    with: ['--tmpfs', '/tmp:mode=1777'],
  },
  'a health check by a shell': {
    rules: ['has its health checked, without a shell'],
    with: ['--health-cmd', 'true', '--health-interval', '1h'],
  },
  'no health check': { rules: ['has its health checked, without a shell'], image: 'unchecked' },
  'no way back': { rules: ['comes back by itself'], without: ['restart'] },
  'children without an init': {
    rules: ['has an init where it has children'],
    program: `require('node:child_process').spawn('node', ['--eval', 'setInterval(() => {}, 1_000_000)']); ${still}`,
  },
  'logs without an end': { rules: ['rotates its logs'], without: ['logs'] },
  'a secret in the environment': {
    rules: ['shows no secret to who inspects it'],
    with: ['--env', `KEY=${marker}`],
  },
  'a secret in a label': {
    rules: ['shows no secret to who inspects it'],
    with: ['--label', `key=${marker}`],
  },
  'a secret in the arguments': {
    rules: ['shows no secret to who inspects it'],
    program: `/* ${marker} */ ${still}`,
  },
  'a secret in the log': {
    rules: ['logs no secret'],
    program: `console.log('${[...marker].join("'+'")}'); ${still}`,
  },
  'a secret in the image': {
    rules: ['shows no secret to who inspects it', 'has no secret in its image'],
    image: 'environment',
  },
  'a private key in the image': { rules: ['has no secret in its image'], image: 'key' },
  'the processes of the host': { rules: ['shares nothing with the host'], with: ['--pid', 'host'] },
  'the memory of the host': { rules: ['shares nothing with the host'], with: ['--ipc', 'host'] },
  'the name of the host': { rules: ['shares nothing with the host'], with: ['--uts', 'host'] },
  'a device of the host': { rules: ['shares nothing with the host'], with: ['--device', '/dev/zero'] },
  'every privilege': {
    rules: ['has no capability', 'makes filtered system calls only', 'shares nothing with the host'],
    without: ['capabilities'],
    with: ['--privileged'],
  },
  'the socket of the engine': {
    rules: ['mounts nothing of the host but secrets and settings, read-only'],
    with: ['--volume', '/var/run/docker.sock:/var/run/docker.sock:ro'],
  },
  'a secret that it may change': {
    rules: ['mounts nothing of the host but secrets and settings, read-only'],
    with: ['--volume', '/etc/hostname:/run/secrets/key'],
  },
  'a port': { rules: ['publishes no port, unless it is the edge'], with: ['--publish', '127.0.0.1::80'] },
  'a way out': {
    rules: ['reaches what it needs, and not what it must not'],
    without: ['network'],
  },
  'a shell': { rules: ['has no shell'], image: 'shell' },
  'a package manager': { rules: ['has nothing that installs'], image: 'installer' },
  curl: { rules: ['has nothing that downloads'], image: 'downloader' },
  'a setuid program': { rules: ['has no setuid or setgid program'], image: 'setuid' },
  'a setgid program': { rules: ['has no setuid or setgid program'], image: 'setgid' },
  'a file that anybody may change': {
    rules: ['has no file that anybody may change'],
    image: 'worldWritable',
  },
  'a file of its own': { rules: ['owns no file of its image'], image: 'owned' },
  'a source map': { rules: ['has no leftovers of its build'], image: 'sourceMap' },
  'settings of a developer': { rules: ['has no leftovers of its build'], image: 'settings' },
}

const run = promisify(execFile)
type Built = Record<keyof typeof images, string>

/** Ids of the images. None has a name; by its label scripts/test.sh removes what a run left that was killed. */
export async function buildImages(): Promise<Built> {
  const names = Object.keys(images) as (keyof typeof images)[]
  const base =
    'FROM finity-auth AS sound\nLABEL finity.tests=rules\nHEALTHCHECK --interval=1h CMD ["node", "--version"]'
  const stages = names.slice(1).map((name) => `FROM sound AS ${name.toLowerCase()}\n${images[name]}`)
  const folder = mkdtempSync(join(tmpdir(), 'finity-rules-'))
  writeFileSync(join(folder, 'Dockerfile'), [base, ...stages].join('\n'))
  const ids = names.map(async (name): Promise<[string, string]> => {
    const { stdout } = await run('docker', ['build', '--quiet', '--target', name.toLowerCase(), folder])
    return [name, stdout.trim()]
  })
  return Object.fromEntries(await Promise.all(ids)) as Built
}

/** The id of a container that keeps all rules, but for the mutation. */
export async function start(mutation: Mutation, built: Built): Promise<string> {
  const kept = Object.entries(hardened)
    .filter(([name]) => !mutation.without?.includes(name as keyof typeof hardened))
    .flatMap(([, options]) => options)
  const image = built[mutation.image ?? 'sound']
  const program = ['--eval', mutation.program ?? still]
  const { stdout } = await run('docker', [
    'run',
    '--detach',
    ...kept,
    ...(mutation.with ?? []),
    image,
    ...program,
  ])
  const id = stdout.trim()
  if (mutation.program) await until(async () => docker('logs', id).includes('ready'))
  return id
}
