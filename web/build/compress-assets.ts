import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXTS = /\.(css|html|js|json|svg|txt)$/

/** Lays a .br, a .zst and a .gz beside each text of the build: smaller than what the edge could make per request, and no work for it. */
export function compressAssets(): Plugin {
  return {
    name: 'finity:compress',
    apply: 'build',
    writeBundle: ({ dir = 'dist' }) => {
      const files = readdirSync(dir, { recursive: true, encoding: 'utf8' })
      for (const file of files.filter((name) => TEXTS.test(name))) compress(join(dir, file))
    },
  }
}

function compress(file: string) {
  const content = readFileSync(file)
  writeFileSync(`${file}.br`, brotliCompressSync(content))
  writeFileSync(
    `${file}.zst`,
    zstdCompressSync(content, { params: { [constants.ZSTD_c_compressionLevel]: 19 } }),
  )
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
}
