import { parse } from 'yaml'

type Step = { uses?: string; run?: string; with?: Record<string, unknown> }
type Grants = Record<string, string>
type Job = {
  needs?: string | string[]
  if?: unknown
  'runs-on'?: unknown
  'timeout-minutes'?: number
  permissions?: Grants | string | null
  uses?: string
  with?: Record<string, unknown>
  secrets?: unknown
  env?: unknown
  steps?: Step[]
}
type Inputs = Record<string, { required?: boolean }>
type Triggers = Record<string, { inputs?: Inputs } | null>
type Workflow = {
  on: Triggers | string | string[]
  permissions?: unknown
  concurrency?: unknown
  env?: unknown
  jobs: Record<string, Job>
}

/** What a workflow may name: what there is in this repository. */
export type Project = {
  verbs: string[]
  parts: string[]
  scripts: string[]
  workflows: Record<string, string>
}

type Looked = { text: string; workflow: Workflow; project: Project }
type Rule = (looked: Looked) => string[]

const lines = (text: string) => text.trimEnd().split('\n')
const triggersOf = ({ on }: Workflow): Triggers =>
  typeof on === 'object' && !Array.isArray(on)
    ? on
    : Object.fromEntries([on].flat().map((name) => [name, null]))
const jobsOf = ({ workflow }: Looked) => Object.entries(workflow.jobs)
const stepsOf = (looked: Looked) =>
  jobsOf(looked).flatMap(([name, { steps = [] }]) => steps.map((step) => ({ name, step })))
const commandsOf = (looked: Looked) => stepsOf(looked).map(({ step }) => step.run ?? '')
const called = (looked: Looked) =>
  jobsOf(looked).flatMap(([name, job]) => {
    const [, file] = /^\.\/\.github\/workflows\/([^/]+)$/.exec(job.uses ?? '') ?? []
    return file ? [{ name, job, file, text: looked.project.workflows[file] }] : []
  })
const strength = ['none', 'read', 'write']
/** GitHub takes an empty "permissions:" as none that are said. */
const areListed = (grants: Job['permissions']): grants is Grants =>
  typeof grants === 'object' && grants !== null
const isGranted = (grants: Job['permissions'], scope: string, level: string) =>
  areListed(grants) && strength.indexOf(grants[scope] ?? 'none') >= strength.indexOf(level)

/** What actionlint does not look at. Each rule tells what is wrong, and is silent when nothing is. */
export const rules: Record<string, Rule> = {
  'a file has at most 150 lines': ({ text }) =>
    lines(text).length > 150 ? [`${lines(text).length} lines: move logic into a verb or a Bake target`] : [],

  'an action is pinned by its commit, with its version beside it': ({ text, ...looked }) => {
    const used = [
      ...jobsOf({ text, ...looked }).map(([, job]) => job.uses),
      ...stepsOf({ text, ...looked }).map(({ step }) => step.uses),
    ].filter((action) => action !== undefined && !action.startsWith('./'))
    const pinned = lines(text).map(
      (line) => /uses: ([\w./-]+@[0-9a-f]{40}) # v\d+(\.\d+){1,2}$/.exec(line)?.[1],
    )
    return used
      .filter((action) => !pinned.includes(action))
      .map((action) => `not pinned by commit and version: ${action}`)
  },

  'an action has one commit': ({ project }) => {
    const pins = Object.values(project.workflows).flatMap((text) => [
      ...text.matchAll(/uses: ([\w-]+\/[\w-]+)\S*@(.+)/g),
    ])
    const commits = Map.groupBy(pins, ([, action]) => action)
    return [...commits].flatMap(([action, some]) =>
      new Set(some.map(([, , pin]) => pin)).size > 1 ? [`${action} is pinned to more than one commit`] : [],
    )
  },

  'nothing foreign starts it with our rights': ({ workflow }) =>
    ['pull_request_target', 'workflow_run', 'issue_comment']
      .filter((name) => name in triggersOf(workflow))
      .map((name) => `${name} runs foreign code with secrets: use pull_request`),

  'nothing is permitted by default': ({ workflow: { permissions } }) =>
    JSON.stringify(permissions) === '{}' ? [] : ['permissions: {} is missing at the top'],

  'each job says what it needs': (looked) =>
    jobsOf(looked)
      .filter(([, { permissions }]) => !areListed(permissions))
      .map(([name]) => `${name}: permissions must list what this job needs`),

  'a superseded run has a fate': ({ workflow }) => {
    const reusableOnly = Object.keys(triggersOf(workflow)).join() === 'workflow_call'
    return reusableOnly || workflow.concurrency ? [] : ['concurrency is missing at the top']
  },

  'each job has a time limit': (looked) =>
    jobsOf(looked)
      .filter(([, job]) => !job.uses && typeof job['timeout-minutes'] !== 'number')
      .map(([name]) => `${name}: timeout-minutes is missing`),

  // Wherever it is named: "runs-on" may take it from a matrix or an input.
  'a runner has a version': ({ workflow }) =>
    [...JSON.stringify(workflow).matchAll(/\b(ubuntu|windows|macos)-latest\b/g)].map(
      ([runner]) => `${runner} is another system one day`,
    ),

  'a checkout leaves no credentials behind': (looked) =>
    stepsOf(looked)
      .filter(({ step }) => step.uses?.startsWith('actions/checkout@'))
      .filter(({ step }) => step.with?.['persist-credentials'] !== false)
      .map(({ name }) => `${name}: a checkout without persist-credentials: false`),

  'no expression is pasted into code': (looked) =>
    stepsOf(looked)
      .filter(({ step }) => [step.run, step.with?.script].some((code) => String(code).includes('${{')))
      .map(({ name }) => `${name}: an expression in a script: hand it over in env`),

  'a step has at most five lines of shell': (looked) =>
    stepsOf(looked)
      .filter(({ step }) => lines(step.run ?? '').length > 5)
      .map(({ name }) => `${name}: more than five lines of shell: move them into a script with a test`),

  'a secret goes to a step only': (looked) =>
    [
      ['the workflow', { ...looked.workflow, jobs: undefined }] as const,
      ...jobsOf(looked).map(
        ([name, job]) => [name, { ...job, steps: undefined, secrets: undefined }] as const,
      ),
    ]
      .filter(([, around]) => /\$\{\{[^"]*\b(secrets|github\W+token)\b/i.test(JSON.stringify(around)))
      .map(([name]) => `${name}: a secret for more than one step`),

  'secrets are handed on by name': (looked) =>
    jobsOf(looked)
      .filter(([, { secrets }]) => secrets === 'inherit')
      .map(([name]) => `${name}: secrets: inherit hands on all of them`),

  'a verb, a script and a part of the tests exist': ({ project, ...looked }) => {
    const commands = commandsOf({ project, ...looked }).join('\n')
    const named = (pattern: RegExp) => [...commands.matchAll(pattern)].map(([, name = '']) => name)
    const unknown = [
      ...named(/npm run (?:--\S+ )*([\w:-]+)/g).filter((name) => !project.verbs.includes(name)),
      ...named(/npm test -- ([\w ]+)/g)
        .flatMap((some) => some.split(' '))
        .filter((name) => !project.parts.includes(name)),
      ...named(/sh scripts\/([\w/-]+\.sh)/g).filter((name) => !project.scripts.includes(name)),
    ]
    return unknown.map((name) => `there is no verb, script or part "${name}"`)
  },

  // What the signatures mean rests on it: the identity is that of one file at main or a tag (docs/decisions/0029).
  'only what was scanned is signed, and only what was signed is named': ({ workflow: { jobs } }) => {
    const { plan, vouch, tag } = jobs
    if (!vouch) return []
    const waits = (job: Job | undefined, name: string) => [job?.needs ?? []].flat().includes(name)
    return [
      ...(waits(vouch, 'scan') ? [] : ['vouch must wait for scan']),
      ...(waits(tag, 'vouch') ? [] : ['tag must wait for vouch']),
      ...(String(plan?.if).includes('refs/heads/main') ? [] : ['plan must end on other branches']),
    ]
  },

  'an identity is given to what signs, and to nothing else': (looked) =>
    jobsOf(looked)
      .filter(([, { permissions }]) => isGranted(permissions, 'id-token', 'write'))
      .filter(([name, { uses }]) => name !== 'vouch' && uses !== './.github/workflows/images.yml')
      .map(([name]) => `${name}: id-token: write signs in our name`),

  'a called workflow can be called so': (looked) =>
    called(looked).flatMap(({ name, job, file, text }) => {
      const triggers = text ? triggersOf(parse(text)) : {}
      if (!('workflow_call' in triggers)) return [`${name}: ${file} is no workflow that can be called`]
      const inputs = triggers.workflow_call?.inputs ?? {}
      const given = Object.keys(job.with ?? {})
      const missing = Object.keys(inputs).filter((key) => inputs[key]?.required && !given.includes(key))
      const unknown = given.filter((key) => !(key in inputs))
      return [
        ...missing.map((key) => `${name}: ${file} needs ${key}`),
        ...unknown.map((key) => `${name}: ${file} knows no ${key}`),
      ]
    }),

  'a called workflow is granted what it needs': (looked) =>
    called(looked).flatMap(({ name, job, file, text }) => {
      const wanted = Object.values((parse(text ?? '{jobs: {}}') as Workflow).jobs).map(
        ({ permissions }) => permissions ?? {},
      )
      const refused = wanted
        .flatMap((grants) => Object.entries(grants))
        .filter(([scope, level]) => !isGranted(job.permissions, scope, level))
      return refused.map(
        ([scope, level]) => `${name}: ${file} needs ${scope}: ${level}, so GitHub would not start it`,
      )
    }),
}

export function findingsOf(file: string, project: Project): string[] {
  const text = project.workflows[file] ?? ''
  const looked = { text, workflow: parse(text) as Workflow, project }
  return Object.values(rules).flatMap((rule) => rule(looked).map((finding) => `${file}: ${finding}`))
}

type Exception = { id?: string; statement?: string; expired_at?: string | Date }

/** An exception of the image scan is one that somebody explained, and that ends by itself. */
export function exceptionFindings(text: string, today: Date): string[] {
  const exceptions: Exception[] = parse(text)?.vulnerabilities ?? []
  return exceptions.flatMap(({ id, statement, expired_at }) => {
    const days = (new Date(expired_at ?? Number.NaN).getTime() - today.getTime()) / 86_400_000
    if (!statement) return [`${id}: statement must say why this can wait`]
    return days <= 90 ? [] : [`${id}: expired_at must be a day in the next 90`]
  })
}

type Updates = { minimumReleaseAge?: string; 'docker-compose'?: { managerFilePatterns?: string[] } }

/** What Renovate knows by itself. */
const knownFiles = [/(^|\/|\.)Dockerfile$/, /(^|\/)(docker-)?compose[^/]*\.ya?ml$/]

/** Every file that names images is looked at, and no version is taken on the day that it appears. */
export function updateFindings(text: string, filesWithImages: string[]): string[] {
  const { minimumReleaseAge = '', 'docker-compose': compose }: Updates = JSON.parse(text)
  const patterns = (compose?.managerFilePatterns ?? []).map((pattern) => new RegExp(pattern.slice(1, -1)))
  const [, days] = /^(\d+) days$/.exec(minimumReleaseAge) ?? []
  return [
    ...(Number(days) >= 7 ? [] : ['a minimumReleaseAge of at least 7 days is missing']),
    ...filesWithImages
      .filter((file) => ![...knownFiles, ...patterns].some((pattern) => pattern.test(file)))
      .map((file) => `nothing looks at ${file}`),
  ]
}

/** An owner is somebody, and what is owned is there. */
export function ownerFindings(text: string, isThere: (path: string) => boolean): string[] {
  const entries = lines(text).filter((line) => line && !line.startsWith('#'))
  return entries.flatMap((entry) => {
    const [path = '', ...owners] = entry.split(/\s+/)
    return [
      ...owners
        .filter((owner) => owner.startsWith('@your-team'))
        .map((owner) => `${owner} is nobody: put the name of your own team there`),
      ...(path === '*' || isThere(path) ? [] : [`${path} is not there`]),
    ]
  })
}
