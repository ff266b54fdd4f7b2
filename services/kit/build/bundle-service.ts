import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { startOrExplain } from '../src/process/start-or-explain.ts'
import { bundleOptions, nativePackages } from './bundle-options.ts'

/**
 * Usage: node services/kit/build/bundle-service.ts SERVICE OUT [LIST] — then the programs, such as OUT/main.js, run with nothing but Node.
 * LIST tells which packages are in them, as JSON.
 */
async function bundleService(service: string, out: string, list?: string): Promise<void> {
  const root = join(import.meta.dirname, '../..', service)
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  const packages = await bundle(root, out)
  if (existsSync(join(root, 'prisma'))) {
    copyMigrations(root, out)
    packages.push(copySchemaEngine(out), compressDocsAssets(out))
  }
  packages.push(...copyNativePackages(root, out))
  if (list) writeFileSync(list, JSON.stringify([...new Set(packages)].sort().map(describePackage)))
}

/** Returns the folders of the packages whose code is in the result. */
async function bundle(root: string, out: string): Promise<string[]> {
  const { metafile } = await build({ ...bundleOptions(root, out), metafile: true })
  writeFileSync(join(out, 'package.json'), '{"type":"module"}\n')
  return Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => /^(?:.*:)?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1])
    .filter((folder) => folder !== undefined)
    .map((folder) => join(root, folder))
}

function copyMigrations(root: string, out: string): void {
  cpSync(join(root, 'prisma/migrations'), join(out, 'prisma/migrations'), { recursive: true })
}

function copySchemaEngine(out: string): string {
  const file = 'schema_engine_bg.wasm'
  const source = new URL(file, import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg'))
  cpSync(source, join(out, file))
  return dirname(fileURLToPath(source))
}

/** A quarter of their size, and as browsers take them. */
function compressDocsAssets(out: string): string {
  for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    const file = readFileSync(new URL(import.meta.resolve(`swagger-ui-dist/${name}`)))
    writeFileSync(join(out, `${name}.gz`), gzipSync(file, { level: 9 }))
  }
  return dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/swagger-ui.css')))
}

function copyNativePackages(root: string, out: string): string[] {
  const { dependencies } = readPackage(root)
  const needed = Object.keys(nativePackages).filter((name) => name in dependencies)
  return needed
    .flatMap((dependency) => nativePackages[dependency] ?? [])
    .map((name) => copyPackage(name, root, out))
}

/** What Node needs to run it: no sources, types or readme. */
function copyPackage(name: string, root: string, out: string): string {
  const source = findPackage(name, root)
  const target = join(out, 'node_modules', name)
  const files = readdirSync(source, { encoding: 'utf8', recursive: true })
  for (const file of files.filter((name) => /^package\.json$|\.(c?js|node|so[.\d]*)$/.test(name)))
    cpSync(join(source, file), join(target, file))
  return source
}

/** As Vite lists the packages of the app (build.license). */
function describePackage(folder: string): object {
  const { name, version, license } = readPackage(folder)
  const versions = join(folder, 'versions.json')
  return {
    name,
    version,
    identifier: license,
    text: licenceOf(folder),
    holds: existsSync(versions) ? JSON.parse(readFileSync(versions, 'utf8')) : undefined,
  }
}

function findPackage(name: string, root: string): string {
  const places = createRequire(join(root, 'package.json')).resolve.paths(name) ?? []
  const found = places.map((place) => join(place, name)).find((place) => existsSync(place))
  if (!found) throw new Error(`${name} is not installed for this platform (linux, ${process.arch}, glibc).`)
  return found
}

/** The native part of a package leaves its licence to the package. The last resort is a readme, which may tell of licences. */
function licenceOf(folder: string): string | undefined {
  for (const place of [folder, folder.replace(/-linux-[^/]+$/, '')].filter((some) => existsSync(some))) {
    const files = readdirSync(place).filter((file) =>
      /^(licen[cs]e|copying|notice)|^swagger-ui-bundle\..*LICENSE/i.test(file),
    )
    if (files.length > 0)
      return files.map((file) => readFileSync(join(place, file), 'utf8').trim()).join('\n\n')
  }
  const readme = join(folder, 'README.md')
  return existsSync(readme) ? readFileSync(readme, 'utf8').trim() : undefined
}

type Manifest = { name: string; version: string; license?: string; dependencies: Record<string, string> }

function readPackage(folder: string): Manifest {
  return { dependencies: {}, ...JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }
}

const [service, out, list] = process.argv.slice(2)
await startOrExplain(async () => {
  if (!service || !out) throw new Error('Usage: bundle-service.ts SERVICE OUT [LIST]')
  await bundleService(service, out, list)
})
