import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Plugin } from 'esbuild'
import { startOrExplain } from '../src/process/start-or-explain.ts'

/** Usage: node services/kit/build/bundle-service.ts SERVICE OUT — then the programs, such as OUT/main.js, run with nothing but Node. */
async function bundleService(service: string, out: string): Promise<void> {
  const root = join(import.meta.dirname, '../..', service)
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  await bundle(root, out)
  if (existsSync(join(root, 'prisma'))) {
    copyMigrations(root, out)
    copySchemaEngine(out)
    compressDocsAssets(out)
  }
  copyNativePackages(root, out)
}

/** What stays a package, by the dependency that needs it: native parts of this platform, and what finds them by their names. */
const nativePackages: Record<string, string[]> = {
  '@node-rs/argon2': ['@node-rs/argon2', `@node-rs/argon2-linux-${process.arch}-gnu`],
  '@node-rs/bcrypt': ['@node-rs/bcrypt', `@node-rs/bcrypt-linux-${process.arch}-gnu`],
  sharp: [`@img/sharp-linux-${process.arch}`, `@img/sharp-libvips-linux-${process.arch}`],
}

const programs = ['main', 'migrate', 'admin', 'media/scale-picture']

async function bundle(root: string, out: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: programs
      .map((name) => ({ in: `src/${name}.ts`, out: basename(name) }))
      .filter((program) => existsSync(join(root, program.in))),
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
    external: Object.values(nativePackages).flat(),
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

/** A quarter of their size, and as browsers take them. */
function compressDocsAssets(out: string): void {
  for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    const file = readFileSync(new URL(import.meta.resolve(`swagger-ui-dist/${name}`)))
    writeFileSync(join(out, `${name}.gz`), gzipSync(file, { level: 9 }))
  }
}

function copyNativePackages(root: string, out: string): void {
  const { dependencies } = readPackage(root)
  const needed = Object.keys(nativePackages).filter((name) => name in dependencies)
  for (const name of needed.flatMap((dependency) => nativePackages[dependency] ?? []))
    copyPackage(name, root, out)
}

/** What Node needs to run it: no sources, types or readme. */
function copyPackage(name: string, root: string, out: string): void {
  const source = findPackage(name, root)
  const target = join(out, 'node_modules', name)
  const files = readdirSync(source, { encoding: 'utf8', recursive: true })
  for (const file of files.filter((name) => /^package\.json$|\.(c?js|node|so[.\d]*)$/.test(name)))
    cpSync(join(source, file), join(target, file))
}

function findPackage(name: string, root: string): string {
  const places = createRequire(join(root, 'package.json')).resolve.paths(name) ?? []
  const found = places.map((place) => join(place, name)).find((place) => existsSync(place))
  if (!found) throw new Error(`${name} is not installed for this platform (linux, ${process.arch}, glibc).`)
  return found
}

function readPackage(folder: string): { dependencies: Record<string, string> } {
  return { dependencies: {}, ...JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }
}

const [service, out] = process.argv.slice(2)
await startOrExplain(async () => {
  if (!service || !out) throw new Error('Usage: bundle-service.ts SERVICE OUT')
  await bundleService(service, out)
})
