import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { folder, toolsRoot } from './support/stack.ts'

// A clone whose owner has typed "npm install" and "npm run hooks".
const clone = mkdtempSync(join(folder, '.finity/clone-'))
git('init', '--quiet')
for (const name of ['scripts', 'biome.json'])
  cpSync(join(folder, name), join(clone, name), { recursive: true })
symlinkSync(join(toolsRoot, 'node_modules'), join(clone, 'node_modules'))
git('add', 'scripts', 'biome.json')
commit('chore(scripts): begin')
git('config', 'core.hooksPath', 'scripts/hooks')

afterEach(() => git('reset', '--quiet', '--hard'))
afterAll(() => rmSync(clone, { recursive: true }))

function git(...words: string[]) {
  const person = ['-c', 'user.name=Someone', '-c', 'user.email=someone@example.com']
  const { status, stdout, stderr } = spawnSync('git', [...person, ...words], { cwd: clone, encoding: 'utf8' })
  return { status, output: stdout + stderr }
}

function stage(path: string, text: string): void {
  mkdirSync(dirname(join(clone, path)), { recursive: true })
  writeFileSync(join(clone, path), text)
  git('add', '--force', path)
}

function commit(title = 'feat(web): a page says one') {
  return git('commit', '--message', title)
}

const lastTitle = () => git('log', '--max-count=1', '--format=%s').output.trim()
const fine = 'export const one = 1\n'
const privateKey = (kind: string) => `-----BEGIN ${kind}-----\nbase64\n-----END ${kind}-----\n`

describe('the hook lets', () => {
  test('what is fine pass, in a second or two', () => {
    stage('web/src/one.ts', fine)
    stage('scripts/one.sh', '#!/bin/sh\necho one\n')
    const startedAt = performance.now()

    const { status, output } = commit()

    const seconds = (performance.now() - startedAt) / 1_000
    console.info(`The hook took ${seconds.toFixed(1)} s`)
    expect(output).not.toContain('✗')
    expect(status).toBe(0)
    expect(lastTitle()).toBe('feat(web): a page says one')
    expect(seconds).toBeLessThan(30)
  })

  test('pass what is fine as it is staged, whatever lies in the folder', () => {
    stage('web/src/two.ts', fine)
    writeFileSync(join(clone, 'web/src/two.ts'), 'var two = "2";')

    const { status } = commit()

    expect(status).toBe(0)
  })
})

const kindsOfKeys = [
  ...['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'OPENSSH PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'],
  ...['ENCRYPTED COSIGN PRIVATE KEY', 'ENCRYPTED SIGSTORE PRIVATE KEY'],
]
const secrets: [what: string, path: string, text: string][] = [
  ['a file of secrets/', 'secrets/auth_secret', 'random\n'],
  ['.env', '.env', 'SECRET=random\n'],
  ['a file that is called a key', 'docker/site.key', 'random\n'],
  ...kindsOfKeys.map((kind): [string, string, string] => [kind, 'docs/notes.md', privateKey(kind)]),
]

describe('the hook refuses, names the file and commits nothing', () => {
  test.each(secrets)('%s', (_, path, text) => {
    stage(path, text)
    const before = lastTitle()

    const { status, output } = commit('feat(web): a secret')

    expect(status).not.toBe(0)
    expect(output).toContain(`A secret is staged: ${path}`)
    expect(output).toMatch(/Remedy: Take it out/)
    expect(lastTitle()).toBe(before)
  })

  test.each([
    ['code that is not in form', 'web/src/three.ts', 'export const three = "3";\n', 'npm run fix'],
    ['shell that is none', 'scripts/three.sh', 'if true; then\n', 'three.sh'],
    ['marks of a conflict', 'docs/three.md', '<<<<<<< ours\n=======\n>>>>>>> theirs\n', 'docs/three.md:1'],
  ])('%s', (_, path, text, named) => {
    stage(path, text)

    const { status, output } = commit()

    expect(status).not.toBe(0)
    expect(output).toContain(named)
  })

  test('a title that says no effect', () => {
    stage('web/src/four.ts', fine)

    const { status, output } = commit('wip')

    expect(status).not.toBe(0)
    expect(output).toContain('type(scope): effect')
  })
})
