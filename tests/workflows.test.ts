import { describe, expect, test } from 'vitest'
import {
  exceptionFindings,
  findingsOf,
  ownerFindings,
  type Project,
  rules,
  updateFindings,
} from './support/workflow-rules.ts'

const commit = 'a'.repeat(40)
const good = `name: Good
on:
  push:
permissions: {}
concurrency:
  group: good
jobs:
  look:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@${commit} # v7.0.1
        with:
          persist-credentials: false
      - run: npm run --silent check
        env:
          TOKEN: \${{ secrets.TOKEN }}
      - run: npm test -- unit
      - run: sh scripts/up.sh
  call:
    permissions:
      packages: write
    uses: ./.github/workflows/callee.yml
    with:
      tag: v1
`
const callee = `on:
  workflow_call:
    inputs:
      tag: { required: true, type: string }
      note: { type: string }
permissions: {}
jobs:
  push:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      packages: write
    steps:
      - run: npm run check
`

/** What is said of the good workflow after a change in it. */
function findingsAfter(before: string, after: string): string[] {
  expect(good).toContain(before)
  const workflows = { 'good.yml': good.replace(before, () => after), 'callee.yml': callee }
  const project: Project = { verbs: ['check'], parts: ['unit'], scripts: ['up.sh'], workflows }
  return Object.keys(workflows).flatMap((file) => findingsOf(file, project))
}

/** Jobs that sign, of a workflow. */
const signing = ['plan', 'scan', 'vouch', 'tag']
  .map((name) => {
    const more = {
      plan: "if: github.ref == 'refs/heads/main'",
      scan: 'needs: plan',
      vouch: 'needs: scan',
      tag: 'needs: vouch',
    }
    return `  ${name}:\n    ${more[name as keyof typeof more]}\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    permissions: {}\n    steps: []\n`
  })
  .join('')

const sixLines = Array.from({ length: 6 }, (_, line) => `\n          echo ${line}`).join('')

/** Rule, change in the good workflow, and what is said of it. */
type Case = [rule: keyof typeof rules, before: string, after: string, finding: string]

const cases: Case[] = [
  ['a file has at most 150 lines', 'name: Good', `name: Good${'\n# long'.repeat(150)}`, 'lines: move logic'],
  ['an action is pinned by its commit, with its version beside it', `${commit} # v7.0.1`, 'v7', 'not pinned'],
  [
    'an action is pinned by its commit, with its version beside it',
    `${commit} # v7.0.1`,
    commit,
    'not pinned',
  ],
  [
    'an action is pinned by its commit, with its version beside it',
    `${commit} # v7.0.1`,
    `${commit} # main`,
    'not pinned',
  ],
  [
    'an action is pinned by its commit, with its version beside it',
    `${commit} # v7.0.1`,
    `${commit.slice(1)} # v7.0.1`,
    'not pinned',
  ],
  [
    'an action is pinned by its commit, with its version beside it',
    '- run: sh scripts/up.sh',
    '- { uses: team/action@main }',
    'not pinned',
  ],
  [
    'an action is pinned by its commit, with its version beside it',
    '- run: sh scripts/up.sh',
    '- "uses": team/action@main',
    'not pinned',
  ],
  [
    'an action is pinned by its commit, with its version beside it',
    './.github/workflows/callee.yml',
    'team/other/.github/workflows/callee.yml@main',
    'not pinned',
  ],
  [
    'an action has one commit',
    '      - run: npm test',
    `      - uses: actions/checkout@${'b'.repeat(40)} # v7.0.1\n        with: { persist-credentials: false }\n      - run: npm test`,
    'more than one commit',
  ],
  [
    'nothing foreign starts it with our rights',
    '  push:\n',
    '  pull_request_target:\n',
    'pull_request_target runs foreign code',
  ],
  [
    'nothing foreign starts it with our rights',
    '  push:\n',
    '  workflow_run: { workflows: [CI], types: [completed] }\n',
    'workflow_run runs foreign code',
  ],
  ['nothing is permitted by default', 'permissions: {}', '', 'permissions: {} is missing'],
  [
    'nothing is permitted by default',
    'permissions: {}',
    'permissions: read-all',
    'permissions: {} is missing',
  ],
  [
    'each job says what it needs',
    '    permissions:\n      contents: read\n',
    '',
    'look: permissions must list',
  ],
  [
    'each job says what it needs',
    '    permissions:\n      contents: read\n',
    '    permissions: write-all\n',
    'look: permissions must list',
  ],
  [
    'each job says what it needs',
    '    permissions:\n      contents: read\n',
    '    permissions:\n',
    'look: permissions must list',
  ],
  ['a superseded run has a fate', 'concurrency:\n  group: good\n', '', 'concurrency is missing'],
  ['each job has a time limit', '    timeout-minutes: 5\n', '', 'look: timeout-minutes is missing'],
  ['a runner has a version', 'ubuntu-24.04', 'ubuntu-latest', 'another system one day'],
  [
    'a runner has a version',
    'runs-on: ubuntu-24.04\n',
    'runs-on: $' + '{{ matrix.runner }}\n    strategy: { matrix: { runner: [ubuntu-latest] } }\n',
    'another system one day',
  ],
  [
    'a checkout leaves no credentials behind',
    'persist-credentials: false',
    'fetch-depth: 1',
    'without persist-credentials: false',
  ],
  [
    'a checkout leaves no credentials behind',
    'persist-credentials: false',
    'persist-credentials: true',
    'without persist-credentials: false',
  ],
  [
    'no expression is pasted into code',
    'sh scripts/up.sh',
    'sh scripts/up.sh $' + '{{ github.head_ref }}',
    'an expression in a script',
  ],
  ['a step has at most five lines of shell', 'sh scripts/up.sh', `|${sixLines}`, 'more than five lines'],
  [
    'a secret goes to a step only',
    '    timeout-minutes: 5\n',
    '    timeout-minutes: 5\n    env:\n      TOKEN: $' + '{{ secrets.TOKEN }}\n',
    'look: a secret for more than one step',
  ],
  [
    'a secret goes to a step only',
    'permissions: {}\n',
    'permissions: {}\nenv:\n  TOKEN: $' + '{{ github.token }}\n',
    'the workflow: a secret for more than one step',
  ],
  ...["secrets['TOKEN']", 'toJSON(secrets)', 'SECRETS.TOKEN', "github['token']"].map(
    (secret): Case => [
      'a secret goes to a step only',
      '    timeout-minutes: 5\n',
      `    timeout-minutes: 5\n    env:\n      TOKEN: \${{ ${secret} }}\n`,
      'look: a secret for more than one step',
    ],
  ),
  [
    'a secret goes to a step only',
    '    timeout-minutes: 5\n',
    '    timeout-minutes: 5\n    container:\n      env:\n        TOKEN: $' + "{{ secrets['TOKEN'] }}\n",
    'look: a secret for more than one step',
  ],
  [
    'an identity is given to what signs, and to nothing else',
    '      contents: read\n    steps',
    '      contents: read\n      id-token: write\n    steps',
    'look: id-token: write signs in our name',
  ],
  ...(
    [
      ['needs: scan', 'needs: look', 'vouch must wait for scan'],
      ['needs: vouch', 'needs: look', 'tag must wait for vouch'],
      ["if: github.ref == 'refs/heads/main'", 'if: always()', 'plan must end on other branches'],
    ] as const
  ).map(
    ([before, after, finding]): Case => [
      'only what was scanned is signed, and only what was signed is named',
      'jobs:\n',
      `jobs:\n${signing.replace(before, after)}`,
      finding,
    ],
  ),
  [
    'secrets are handed on by name',
    '    with:\n      tag: v1\n',
    '    secrets: inherit\n    with:\n      tag: v1\n',
    'inherit hands on all',
  ],
  [
    'a verb, a script and a part of the tests exist',
    'npm run --silent check',
    'npm run --silent chekc',
    '"chekc"',
  ],
  ['a verb, a script and a part of the tests exist', 'npm test -- unit', 'npm test -- unti', '"unti"'],
  ['a verb, a script and a part of the tests exist', 'sh scripts/up.sh', 'sh scripts/upp.sh', '"upp.sh"'],
  ['a called workflow can be called so', 'callee.yml', 'nobody.yml', 'no workflow that can be called'],
  ['a called workflow can be called so', '      tag: v1\n', '      note: v1\n', 'needs tag'],
  ['a called workflow can be called so', '      tag: v1\n', '      tag: v1\n      tga: v1\n', 'knows no tga'],
  [
    'a called workflow is granted what it needs',
    'packages: write',
    'packages: read',
    'needs packages: write',
  ],
]

describe('the check of the workflows', () => {
  test('finds nothing in a good one', () => {
    expect(findingsAfter('name: Good', 'name: Good')).toEqual([])
  })

  test.each(cases)('sees to it that %s (%j → %j)', (_, before, after, finding) => {
    const findings = findingsAfter(before, after)

    expect(findings.join('\n')).toContain(finding)
  })

  test('has a case for each rule', () => {
    expect(new Set(cases.map(([rule]) => rule))).toEqual(new Set(Object.keys(rules)))
  })

  test('sees an expression in a script of JavaScript too', () => {
    const script =
      `uses: actions/github-script@${commit} # v9.0.0\n        with: { script: "run('$` +
      `{{ inputs.name }}')" }`

    expect(findingsAfter('run: sh scripts/up.sh', script).join()).toContain('an expression in a script')
  })
})

describe('the check of the exceptions', () => {
  const today = new Date('2026-11-28')
  const exception = (lines: string) =>
    exceptionFindings(`vulnerabilities:\n  - id: CVE-2026-1\n${lines}`, today)

  test('takes one that is explained and ends within 90 days, and none at all', () => {
    expect(exception('    statement: not reachable\n    expired_at: 2026-12-31')).toEqual([])
    expect(exceptionFindings('vulnerabilities: []', today)).toEqual([])
  })

  test.each([
    ['has no reason', '    expired_at: 2026-12-31', 'statement must say why'],
    ['has no end', '    statement: not reachable', 'expired_at must be a day'],
    ['ends too late', '    statement: not reachable\n    expired_at: 2027-12-31', 'expired_at must be a day'],
    ['ends on no day', '    statement: not reachable\n    expired_at: soon', 'expired_at must be a day'],
  ])('finds one that %s', (_, lines, finding) => {
    expect(exception(lines).join()).toContain(finding)
  })
})

describe('the check of the owners', () => {
  const isThere = (path: string) => path === '/scripts/'

  test.each([
    [
      'nothing where a team owns what there is',
      '# All.\n* @finity/all\n\n/scripts/ @finity/some @finity/all',
      '',
    ],
    ['nothing where nobody is named yet', '# * @your-team/maintainers', ''],
    ['a name that was left', '* @your-team/maintainers', '@your-team/maintainers is nobody'],
    ['what is gone', '/script/ @finity/all', '/script/ is not there'],
  ])('finds %s', (_, text, finding) => {
    const findings = ownerFindings(text, isThere)

    expect(findings.join()).toContain(finding)
    expect(findings).toHaveLength(finding ? 1 : 0)
  })
})

describe('the check of the updates', () => {
  const files = [
    'docker/redis/Dockerfile',
    'docker/web.Dockerfile',
    '.devcontainer/compose.yml',
    'compose/base.yml',
  ]
  const patterns = { managerFilePatterns: ['/^compose/[^/]+\\.yml$/'] }

  test.each([
    ['nothing where all is looked at', { minimumReleaseAge: '7 days', 'docker-compose': patterns }, ''],
    ['a file that is forgotten', { minimumReleaseAge: '7 days' }, 'nothing looks at compose/base.yml'],
    ['no time to wait', { 'docker-compose': patterns }, 'minimumReleaseAge of at least 7 days'],
    [
      'a time to wait that is too short',
      { minimumReleaseAge: '3 days', 'docker-compose': patterns },
      'minimumReleaseAge of at least 7 days',
    ],
  ])('finds %s', (_, settings, finding) => {
    const findings = updateFindings(JSON.stringify(settings), files)

    expect(findings.join()).toContain(finding)
    expect(findings).toHaveLength(finding ? 1 : 0)
  })
})
