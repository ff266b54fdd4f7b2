import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { startOrExplain } from '../src/process/start-or-explain.ts'

/** Usage: node services/kit/build/bundle-service.ts SERVICE OUT — then OUT/main.js and OUT/migrate.js run with nothing but Node. */
async function bundleService(service: string, out: string): Promise<void> {
  const root = join(import.meta.dirname, '../..', service)
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  await bundle(root, out)
  copyMigrations(root, out)
  copySchemaEngine(out)
  copyNativePackages(root, out)
}

/** Packages with native parts; each brings one more package with the binary of this platform. */
const nativePackages = ['@node-rs/argon2']

async function bundle(root: string, out: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ['src/main.ts', 'src/migrate.ts'],
    outdir: out,
    bundle: true,
    platform: 'node',
    target: 'node26',
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: true,
    legalComments: 'none',
    logLevel: 'warning',
    external: nativePackages,
    plugins: [unpackWasm(out)],
    // CommonJS packages inside an ES module need a require for Node's own modules.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
  })
  writeFileSync(join(out, 'package.json'), '{"type":"module"}\n')
}

/** Prisma's client carries its query compiler as base64 text; as a file it is a quarter smaller. */
function unpackWasm(out: string): Plugin {
  return {
    name: 'unpack-wasm',
    setup({ onLoad }) {
      onLoad({ filter: /\.wasm-base64\.mjs$/ }, async ({ path }) => {
        const { wasm } = (await import(path)) as { wasm: string }
        writeFileSync(join(out, 'query_compiler_bg.wasm'), Buffer.from(wasm, 'base64'))
        const contents =
          "import { readFileSync } from 'node:fs'\n" +
          "export const wasm = readFileSync(new URL('./query_compiler_bg.wasm', import.meta.url), 'base64')"
        return { contents, loader: 'js' }
      })
    },
  }
}

function copyMigrations(root: string, out: string): void {
  cpSync(join(root, 'prisma/migrations'), join(out, 'prisma/migrations'), { recursive: true })
}

function copySchemaEngine(out: string): void {
  const file = 'schema_engine_bg.wasm'
  cpSync(new URL(file, import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg')), join(out, file))
}

function copyNativePackages(root: string, out: string): void {
  const { dependencies } = readPackage(root)
  for (const name of nativePackages.filter((native) => native in dependencies)) {
    copyPackage(name, root, out)
    const binary = `${name}-linux-${process.arch}-gnu`
    copyPackage(binary, root, out)
  }
}

/** What Node needs to run it: no sources, types or readme. */
function copyPackage(name: string, root: string, out: string): void {
  const source = findPackage(name, root)
  const target = join(out, 'node_modules', name)
  mkdirSync(target, { recursive: true })
  const { main } = readPackage(source)
  for (const file of ['package.json', main]) cpSync(join(source, file), join(target, file))
}

function findPackage(name: string, root: string): string {
  const places = createRequire(join(root, 'package.json')).resolve.paths(name) ?? []
  const found = places.map((place) => join(place, name)).find((place) => existsSync(place))
  if (!found) throw new Error(`${name} is not installed for this platform (linux, ${process.arch}, glibc).`)
  return found
}

function readPackage(folder: string): { main: string; dependencies: Record<string, string> } {
  return { dependencies: {}, ...JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }
}

const [service, out] = process.argv.slice(2)
await startOrExplain(async () => {
  if (!service || !out) throw new Error('Usage: bundle-service.ts SERVICE OUT')
  await bundleService(service, out)
})
