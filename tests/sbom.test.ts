import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { bundleOptions } from '../services/kit/build/bundle-options.ts'
import {
  baseImage,
  built,
  copyOut,
  filesOf,
  imageNames,
  type Part,
  partsOf,
  readOut,
} from './support/built-images.ts'
import { docker, toolsRoot } from './support/stack.ts'

const ofKind = (name: string, kind: string) =>
  partsOf(name).filter(({ purl }) => purl.startsWith(`pkg:${kind}/`))
const versions = (parts: Part[]) => parts.map(({ name, version }) => `${name} ${version}`).sort()

describe.each(imageNames)('finity-%s', (name) => {
  const dpkg = copyOut(built(name), 'var/lib/dpkg')
  const documents = copyOut(built(name), 'usr/share/doc')
  const recorded = recordedPackages(dpkg)

  test('names every Debian package that is installed or has a file in it', () => {
    expect(versions(ofKind(name, 'deb'))).toEqual([...installedPackages(dpkg), ...recorded.keys()].sort())
  })

  test('says of which release of Debian they are, in both files that scanners look for', () => {
    const release = readOut(built(name), 'usr/lib/os-release')

    const version = readOut(built(name), 'etc/debian_version').trim()

    expect(release).toMatch(/^ID=debian$/m)
    expect(release).toContain(`VERSION_ID="${version.split('.')[0]}"`)
  })

  test('has no program and no library that it does not name', () => {
    const owned = ownedPaths(dpkg)
    const named = partsOf(name).map((part) => basename(part.name))
    const ours = [...programsOfOurs, ...(named.includes('node') ? ['node'] : [])]

    const unnamed = filesOf(built(name))
      .filter(({ path, mode }) => mode.startsWith('-') && isCode(path))
      .filter(({ path }) => !owned.has(withUsr(path)) && !ours.includes(basename(path)))

    expect(unnamed.map(({ path }) => path)).toEqual([])
  })

  test('has a licence for everything that it names', () => {
    const notice = readFileSync(join(documents, 'finity/NOTICE'), 'utf8')
    const sections = new Map(notice.split('\n---- ').map((text) => [text.split(' (')[0], text]))

    const hasText = (heading: string) => (sections.get(heading)?.length ?? 0) > 200
    const unlicensed = [
      ...ofKind(name, 'npm')
        .filter(
          (part) =>
            !hasText(`${part.name} ${part.version}`) && !hasText(part.licenses?.[0]?.license.name ?? ''),
        )
        .map((part) => part.name),
      ...ofKind(name, 'deb').filter((part) => !existsSync(join(documents, part.name, 'copyright'))),
    ]

    // Stand-ins of before they had them have no texts of Debian's.
    expect(basesHaveTexts() ? unlicensed : unlicensed.filter((part) => typeof part === 'string')).toEqual([])
  })
})

describe.each(['gate', 'web'])('finity-%s', (name) => {
  test('has the very files of the packages that its records name', () => {
    const image = copyOut(built(name), 'usr')
    const lines = recordLines(copyOut(built(name), 'var/lib/dpkg'))

    const different = lines
      .filter(([, path]) => path.startsWith('usr/'))
      .filter(([sum, path]) => sum !== md5(join(image, path.slice('usr/'.length))))

    expect(lines.length).toBeGreaterThan(0)
    expect(different).toEqual([])
  })
})

describe.each(['auth', 'api', 'backup'])('finity-%s', (name) => {
  test('names the npm packages that its bundle is made from, and no other', async () => {
    const out = mkdtempSync(join(tmpdir(), 'bundle-'))
    const app = copyOut(built(name), 'app')
    const root = join(toolsRoot, 'services', name)

    const { outputFiles } = await build({ ...bundleOptions(root, out), sourcemap: 'external', write: false })
    const maps = outputFiles.filter(({ path }) => path.endsWith('.map'))
    const sources = maps.flatMap(({ path, text }) =>
      sourcesOf(text).map((source) => join(path, '..', source)),
    )

    // The same code as that of the image. Names of chunks have a hash of their maps too.
    expect(codeOf(outputFiles.filter(({ path }) => path.endsWith('.js')).map(({ text }) => text))).toEqual(
      codeOf(globSync(join(app, '*.js')).map((path) => readFileSync(path, 'utf8'))),
    )
    const native = globSync('node_modules/{*,@*/*}/package.json', { cwd: app }).map((file) => join(app, file))
    const copied = name === 'backup' ? [] : ['@prisma/schema-engine-wasm', 'swagger-ui-dist']
    expect(versions(ofKind(name, 'npm'))).toEqual(
      namesOf([
        ...packagesOf(sources),
        ...native,
        ...copied.map((part) => join(toolsRoot, 'node_modules', part, 'package.json')),
      ]),
    )
  })

  test('names the Node that it runs and the libraries in it', () => {
    const print = ['--print', 'JSON.stringify(process.versions)']
    const { node, modules, napi, ...libraries } = JSON.parse(
      docker('run', '--rm', '--network', 'none', '--entrypoint', 'node', built(name), ...print),
    )

    const [part] = partsOf(name).filter((some) => some.name === 'node')

    expect(part?.version).toBe(node)
    expect(versions(part?.components ?? [])).toEqual(
      Object.entries(libraries)
        .map(([library, version]) => `${library} ${version}`)
        .sort(),
    )
  })
})

test('finity-api names the libraries inside libvips', () => {
  const app = copyOut(built('api'), 'app')
  const inside = partsOf('api').find(({ name }) => name.includes('libvips'))?.components ?? []

  const library = readFileSync(globSync(join(app, 'node_modules/@img/*/lib/libvips*.so*'))[0] ?? '', 'latin1')

  const vips = inside.find(({ name }) => name === 'vips')?.version ?? 'none'
  expect(inside.length).toBeGreaterThan(20)
  expect(library).toContain(vips)
})

test('finity-web names the npm packages that the app is made from, and no other', () => {
  const out = mkdtempSync(join(tmpdir(), 'app-'))
  const options = ['--configLoader', 'runner', '--sourcemap', 'hidden', '--outDir', out, '--emptyOutDir']
  const web = join(toolsRoot, 'web')
  execFileSync('npx', ['vite', 'build', ...options], {
    cwd: web,
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const served = copyOut(built('web'), 'srv')

  const maps = globSync(join(out, '**/*.js.map'))
  const sources = maps.flatMap((path) =>
    sourcesOf(readFileSync(path, 'utf8')).map((source) => join(path, '..', source)),
  )

  for (const path of maps.map((map) => map.replace(/\.map$/, '')))
    expect(md5(join(served, relative(out, path))), path).toBe(md5(path))
  expect(versions(ofKind('web', 'npm'))).toEqual(namesOf(packagesOf(sources)))
})

test('finity-web names its Caddy, its Go and the modules that it tells of', () => {
  const caddy = (word: string) => docker('run', '--rm', '--network', 'none', built('web'), word)
  const [, go] = /^go\tgo(\S+)$/m.exec(caddy('build-info')) ?? []
  const modules = [...caddy('build-info').matchAll(/^dep\t(\S+)\t(\S+)/gm)].map(
    ([, name, version]) => `${name} ${version}`,
  )

  const version = /v?(\S+)/.exec(caddy('version'))?.[1]

  expect(versions(ofKind('web', 'golang'))).toEqual(
    [`github.com/caddyserver/caddy/v2 v${version}`, `stdlib ${go}`, ...modules].sort(),
  )
})

test.each([
  ['auth', 'nodejs:node.js'],
  ['api', 'libvips:libvips'],
  ['web', 'caddyserver:caddy'],
  ['web', 'golang:go'],
  ['redis', 'redis:redis'],
])('finity-%s has for %s the name that advisories know, where no package manager has one', (name, product) => {
  const parts = partsOf(name).flatMap((part) => [part, ...(part.components ?? [])])

  const known = parts.filter(({ cpe }) => cpe?.startsWith(`cpe:2.3:a:${product}:`))

  expect(known.map(({ cpe }) => cpe)).toEqual(
    known.map(({ version }) => `cpe:2.3:a:${product}:${version.replace(/^v/, '')}:*:*:*:*:*:*:*`),
  )
  expect(known).toHaveLength(1)
})

test('finity-redis names its Redis', () => {
  const answer = docker('run', '--rm', '--network', 'none', built('redis'), 'redis-server', '--version')

  expect(partsOf('redis').find(({ purl }) => purl.startsWith('pkg:generic/redis@'))?.version).toBe(
    / v=(\S+)/.exec(answer)?.[1],
  )
})

/** Scripts of ours and of the published bases. */
const programsOfOurs = [
  ...['start-postgres', 'step-down', 'pgbackrest-push', 'upgrade-postgres', 'cluster.sh', 'restore-wal'],
  ...['docker-entrypoint.sh', 'docker-ensure-initdb.sh', 'docker-enforce-initdb.sh', 'verify-images'],
]
const isCode = (path: string) =>
  /(^|\/)s?bin\/|\.so(\.\d+)*$|(^|\/)ld-linux[^/]*$/.test(path) && !path.startsWith('app/')
const withUsr = (path: string) => path.replace(/^(bin|sbin|lib|lib64)\//, 'usr/$1/')

const installedPackages = (dpkg: string): string[] =>
  existsSync(join(dpkg, 'status'))
    ? execFileSync('dpkg-query', ['--admindir', dpkg, '--show'], { encoding: 'utf8' })
        .trim()
        .split('\n')
        .map((line) => line.replace(/(:\w+)?\t/, ' '))
    : []

/** The records that images without dpkg have of packages, as "NAME VERSION". */
function recordedPackages(dpkg: string): Map<string, string> {
  const folder = join(dpkg, 'status.d')
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.md5sums')) : []
  const alreadyThere = installedPackages(dpkg)
  return new Map(
    files
      .map((file) => readFileSync(join(folder, basename(file, '.md5sums')), 'utf8'))
      .map(
        (text) =>
          [`${/^Package: (.*)/m.exec(text)?.[1]} ${/^Version: (.*)/m.exec(text)?.[1]}`, text] as const,
      )
      .filter(([part]) => !alreadyThere.includes(part)),
  )
}

const recordLines = (dpkg: string): [string, string][] =>
  globSync(join(dpkg, 'status.d/*.md5sums'))
    .flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'))
    .map((line) => line.split('  ') as [string, string])

function ownedPaths(dpkg: string): Set<string> {
  const installed = globSync(join(dpkg, 'info/*.list')).flatMap((file) =>
    readFileSync(file, 'utf8').split('\n'),
  )
  const recorded = recordLines(dpkg).map(([, path]) => `/${path}`)
  return new Set([...installed, ...recorded].map((path) => withUsr(path.slice(1))))
}

const hash = (content: Uint8Array) => createHash('md5').update(content).digest('hex')
const codeOf = (files: string[]) =>
  files.map((text) => hash(Buffer.from(text.replaceAll(/-[A-Z0-9]{8}\.js/g, '.js')))).sort()
const md5 = (file: string) => hash(readFileSync(file))
const sourcesOf = (map: string): string[] => JSON.parse(map).sources

/** A package may be a bundle itself, whose map names what it was made from: that is not installed. */
const packagesOf = (sources: string[]) =>
  sources
    .flatMap((source) => /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? [])
    .map((folder) => join(folder, 'package.json'))
    .filter((file) => existsSync(file))

function namesOf(manifests: string[]): string[] {
  const names = manifests.map((file) => {
    const { name, version } = JSON.parse(readFileSync(file, 'utf8'))
    return `${name} ${version}`
  })
  return [...new Set(names)].sort()
}

function basesHaveTexts(): boolean {
  const look = ['run', '--rm', '--network', 'none', baseImage('docker/service.Dockerfile'), 'sh', '-c']
  return docker(...look, '[ ! -e /usr/share/doc/libc6/copyright ] || echo yes').trim() === 'yes'
}
