import { basename } from 'node:path'
import type { Glimpse } from './rules-look-inside.ts'

/** What is known of a container: what the engine says of it, and what is seen inside it. */
export type Facts = Glimpse & {
  service: string
  /** A job ends by itself: its exit code is its health. */
  isJob: boolean
  hasAppArmor: boolean
  container: InspectedContainer
  /** Labels, environment and history of the image. */
  image: string
  logs: string
  /** Values that nobody may see, by name. */
  secrets: Record<string, string>
}

/** As `docker inspect` shows it; only what the rules read. */
export type InspectedContainer = {
  Id: string
  Image: string
  Path: string
  Args: string[]
  AppArmorProfile: string
  State: { Pid: number; StartedAt: string; OOMKilled: boolean; Health?: { Status: string } }
  Config: {
    User: string
    Env: string[]
    Labels: Record<string, string>
    Healthcheck?: { Test: string[] }
  }
  HostConfig: {
    Privileged: boolean
    ReadonlyRootfs: boolean
    CapAdd: string[] | null
    CapDrop: string[] | null
    SecurityOpt: string[] | null
    PidsLimit: number | null
    Memory: number
    MemorySwap: number
    NanoCpus: number
    CpuShares: number
    Ulimits: { Name: string }[] | null
    RestartPolicy: { Name: string }
    LogConfig: { Config: Record<string, string> }
    Init: boolean | null
    NetworkMode: string
    PidMode: string
    IpcMode: string
    UTSMode: string
    UsernsMode: string
    CgroupParent: string
    Devices: unknown[] | null
    PortBindings: Record<string, unknown> | null
  }
  Mounts: { Type: string; Destination: string; RW: boolean; Propagation: string }[]
  NetworkSettings: { Networks: Record<string, { IPAddress: string; Gateway: string }> }
}

/** What a service connects to, and what it must not reach; outside is the host and all beyond it. */
const ways: Record<string, { needs: string[]; never: string[] }> = {
  gate: { needs: ['auth', 'api'], never: ['db', 'redis'] },
  web: { needs: ['auth', 'api'], never: ['db', 'redis'] },
  auth: { needs: ['db', 'redis'], never: [] },
  api: { needs: ['db', 'auth', 'backup'], never: [] },
  'auth-migrate': { needs: ['db'], never: ['outside'] },
  'api-migrate': { needs: ['db'], never: ['outside'] },
  db: { needs: [], never: ['outside'] },
  redis: { needs: [], never: ['outside'] },
  // It asks the database through the socket on their volume.
  backup: { needs: [], never: ['db', 'redis'] },
}
const publishers: Record<string, string[]> = { gate: ['443/tcp', '443/udp', '80/tcp'] }

const shells = ['sh', 'ash', 'bash', 'dash', 'rbash', 'zsh', 'busybox']
const installers = ['apt', 'apt-get', 'dpkg', 'apk', 'yum', 'dnf', 'pip', 'npm', 'npx', 'yarn', 'corepack']
const downloaders = ['curl', 'wget', 'nc', 'ssh', 'scp']
const leftovers = /(^|\/)(\.env(\..+)?|\.git|\.npmrc|\.npm|\.cache|.+\.map|.+\.tsx?)$/

const when = (broken: boolean, finding: string) => (broken ? [finding] : [])
const programs = (facts: Facts, names: string[]) =>
  facts.files
    .filter(({ path, type }) => type !== 'd' && /\/s?bin\//.test(path) && names.includes(basename(path)))
    .map(({ path }) => path)
const revealed = (facts: Facts, where: string, text: string) =>
  Object.entries(facts.secrets).flatMap(([name, value]) =>
    when(text.includes(value), `${name} is in its ${where}`),
  )
const isUnder = (points: string[], path: string) =>
  points.some((point) => path === point || path.startsWith(`${point}/`))

/** Each rule tells what breaks it in a container. The numbers are those of docker-bench-security (docs/decisions/0024). */
export const rules = {
  // 4.1
  'runs as a user of its own': ({ container, processes }) => [
    ...when(/^(|0|root)(:|$)/.test(container.Config.User), `its user is "${container.Config.User}"`),
    ...processes.filter(({ uids }) => uids.includes(0)).map(({ name }) => `${name} runs as root`),
  ],
  // 5.12
  'writes to volumes and scratch only': ({ container, written, mounts }) => {
    const points = mounts.filter(({ point }) => point !== '/').map(({ point }) => point)
    return [
      ...when(!container.HostConfig.ReadonlyRootfs, 'its root is not read-only'),
      ...written.filter((path) => !isUnder(points, path)).map((path) => `a file was written to ${path}`),
    ]
  },
  // 5.3
  'has no capability': ({ container: { HostConfig }, processes }) => [
    ...when(!HostConfig.CapDrop?.includes('ALL'), 'not all capabilities are dropped'),
    ...(HostConfig.CapAdd ?? []).map((capability) => `${capability} is added`),
    ...processes.filter(({ capabilities }) => capabilities).map(({ name }) => `${name} has some`),
  ],
  // 5.25
  'gains no privilege': ({ processes }) =>
    processes.filter(({ noNewPrivileges }) => !noNewPrivileges).map(({ name }) => `${name} may gain some`),
  // 5.21
  'makes filtered system calls only': ({ processes }) =>
    processes.filter(({ seccomp }) => seccomp !== 2).map(({ name }) => `${name} has no filter`),
  // 5.1, where the host has it.
  'is confined by AppArmor': ({ hasAppArmor, container: { AppArmorProfile } }) =>
    when(hasAppArmor && ['', 'unconfined'].includes(AppArmorProfile), `its profile is "${AppArmorProfile}"`),
  // 5.28
  'has a limit of processes': ({ container: { HostConfig } }) => {
    const limit = HostConfig.PidsLimit ?? 0
    return when(limit <= 0 || limit > 256, `it is ${limit}`)
  },
  // 5.10
  'has a limit of memory, and no swap beside it': ({ container: { HostConfig } }) => [
    ...when(HostConfig.Memory === 0, 'it has no limit'),
    ...when(HostConfig.MemorySwap !== HostConfig.Memory, 'it may swap'),
  ],
  // 5.11
  'has a limit and a share of the processors': ({ container: { HostConfig } }) => [
    ...when(HostConfig.NanoCpus === 0, 'it has no limit'),
    ...when(HostConfig.CpuShares === 0, 'it has no share'),
  ],
  // 5.18
  'has limits of open files and of processes for its user': ({ container: { HostConfig } }) => {
    const set = (HostConfig.Ulimits ?? []).map(({ Name }) => Name)
    return ['nofile', 'nproc'].filter((name) => !set.includes(name)).map((name) => `${name} is not set`)
  },
  'has scratch that runs nothing': ({ mounts, written }) =>
    mounts
      .filter(
        ({ type, point }) =>
          type === 'tmpfs' && written.includes(point) && !isUnder(['/dev', '/proc', '/sys'], point),
      )
      .flatMap(({ point, options }) =>
        ['noexec', 'nosuid', 'nodev', 'size']
          .filter((option) => !options.includes(option))
          .map((option) => `${point} has no ${option}`),
      ),
  // 5.26
  'has its health checked, without a shell': ({ isJob, container: { Config } }) =>
    when(!isJob && Config.Healthcheck?.Test[0] !== 'CMD', `the check is ${Config.Healthcheck?.Test}`),
  // 5.14 but for the policy itself.
  'comes back by itself': ({ isJob, container: { HostConfig } }) =>
    when(
      HostConfig.RestartPolicy.Name !== (isJob ? 'no' : 'unless-stopped'),
      `its policy is ${HostConfig.RestartPolicy.Name}`,
    ),
  'has an init where it has children': ({ container: { HostConfig }, processes }) =>
    when(processes.length > 1 && !HostConfig.Init, `it has ${processes.length} processes`),
  'rotates its logs': ({ container: { HostConfig } }) =>
    ['max-size', 'max-file']
      .filter((option) => !HostConfig.LogConfig.Config[option])
      .map((option) => `no ${option}`),
  // 4.10
  'shows no secret to who inspects it': (facts) => {
    const { Config, Path, Args } = facts.container
    return [
      ...revealed(facts, 'environment', Config.Env.join('\n')),
      ...revealed(facts, 'labels', JSON.stringify(Config.Labels)),
      ...revealed(
        facts,
        'arguments',
        [Path, ...Args, ...facts.processes.map(({ command }) => command)].join(' '),
      ),
    ]
  },
  'logs no secret': (facts) => revealed(facts, 'logs', facts.logs),
  'has no secret in its image': (facts) => [
    ...revealed(facts, 'image', facts.image),
    ...when(/_authToken|(PASSWORD|SECRET|TOKEN)=/i.test(facts.image), 'its history sets one'),
    ...facts.keys.map((path) => `${path} is a private key`),
  ],
  // 5.4, 5.9, 5.15, 5.16, 5.17, 5.20, 5.24, 5.30
  'shares nothing with the host': ({ container: { HostConfig: host } }) => [
    ...when(host.Privileged, 'it is privileged'),
    ...when(
      [host.NetworkMode, host.PidMode, host.UTSMode, host.UsernsMode].includes('host'),
      'a namespace is the host’s',
    ),
    ...when(!['private', 'none'].includes(host.IpcMode), `its IPC is ${host.IpcMode}`),
    ...when(Boolean(host.Devices?.length), 'it has devices'),
    ...when(host.CgroupParent !== '', `its cgroup is under ${host.CgroupParent}`),
  ],
  // 5.5, 5.19, 5.31
  'mounts nothing of the host but secrets and settings, read-only': ({ container: { Mounts } }) =>
    Mounts.filter(
      ({ Type, Destination, RW, Propagation }) =>
        (Type !== 'volume' && Type !== 'tmpfs' && (RW || !/^\/run\/(secrets|acme|s3)\//.test(Destination))) ||
        Propagation.includes('shared'),
    ).map(({ Destination }) => `${Destination} is mounted`),
  // 5.7, 5.8
  'publishes no port, unless it is the edge': ({ service, container: { HostConfig } }) => {
    const published = Object.keys(HostConfig.PortBindings ?? {}).sort()
    return when(published.join() !== (publishers[service] ?? []).join(), `it publishes ${published}`)
  },
  // 5.29
  'reaches what it needs, and not what it must not': ({ service, reached }) => {
    const way = ways[service]
    if (!way) return [`tests/support/rules.ts does not say what ${service} may reach`]
    return [
      ...way.needs.filter((name) => !reached.includes(name)).map((name) => `${name} does not answer`),
      ...way.never.filter((name) => reached.includes(name)).map((name) => `${name} answers`),
    ]
  },
  // 4.3
  'has no shell': (facts) => programs(facts, shells),
  'has nothing that installs': (facts) => programs(facts, installers),
  'has nothing that downloads': (facts) => programs(facts, downloaders),
  // 4.8
  'has no setuid or setgid program': ({ files }) =>
    files.filter(({ type, mode }) => type === 'f' && mode & 0o6000).map(({ path }) => path),
  'has no file that anybody may change': ({ files, mounts }) => {
    const points = mounts.map(({ point }) => point)
    return files
      .filter(({ type, mode }) => type !== 'l' && mode & 0o002 && !(type === 'd' && mode & 0o1000))
      .map(({ path }) => path)
      .filter((path) => !points.includes(path))
  },
  'owns no file of its image': ({ files, processes }) => {
    const [own] = processes[0]?.uids ?? []
    return files.filter(({ type, uid }) => type === 'f' && uid !== 0 && uid === own).map(({ path }) => path)
  },
  'has no leftovers of its build': ({ files }) =>
    files.filter(({ path }) => leftovers.test(path)).map(({ path }) => path),
} satisfies Record<string, (facts: Facts) => string[]>

export type Rule = keyof typeof rules

/** The rules that the container breaks, each with what breaks it. */
export const judge = (facts: Facts): [Rule, string[]][] =>
  (Object.keys(rules) as Rule[])
    .map((rule): [Rule, string[]] => [rule, rules[rule](facts)])
    .filter(([, findings]) => findings.length > 0)
