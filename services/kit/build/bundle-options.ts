import { existsSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { BuildOptions, Plugin } from 'esbuild'

/** What stays a package, by the dependency that needs it: native parts of this platform, and what finds them by their names. */
export const nativePackages: Record<string, string[]> = {
  '@node-rs/argon2': ['@node-rs/argon2', `@node-rs/argon2-linux-${process.arch}-gnu`],
  '@node-rs/bcrypt': ['@node-rs/bcrypt', `@node-rs/bcrypt-linux-${process.arch}-gnu`],
  sharp: [`@img/sharp-linux-${process.arch}`, `@img/sharp-libvips-linux-${process.arch}`],
}

const programs = ['main', 'migrate', 'admin', 'media/scale-picture']

/** How the programs of the service at a root are bundled, into a folder. */
export const bundleOptions = (root: string, out: string) =>
  ({
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
  }) satisfies BuildOptions

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
