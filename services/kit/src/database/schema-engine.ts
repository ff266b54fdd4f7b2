import { readFile } from 'node:fs/promises'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import { firstExisting, inPackage } from './first-existing.ts'

/** The part of the standard global that is used here; its types come only with a browser's library. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>
}

export type SchemaEngine = bindings.SchemaEngine

const wasmFile = 'schema_engine_bg.wasm'

/**
 * Prisma's own schema engine in WebAssembly, speaking to PostgreSQL through the driver adapter: no engine binary is fetched.
 * `note` gets the engine's log messages.
 */
export async function startSchemaEngine(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  note: (message: string) => void = () => {},
): Promise<SchemaEngine> {
  await loadOnce()
  // Where the engine leaves the reason before it gives up.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: printPanic } })
  const onLog = (line: string) => note(JSON.parse(line).fields?.message ?? '')
  return bindings.SchemaEngine.new(
    { datamodels: undefined },
    onLog,
    bindMigrationAwareSqlAdapterFactory(adapter),
  )
}

const printPanic = (message: string) => process.stderr.write(`${message}\n`)

/** The engine's message without the trace of its Rust sources. */
export function explainEngineError(error: unknown): string {
  const message = (error as Error).message || String((error as { code?: unknown }).code ?? error)
  return message.split(/\n\s+0: /, 1)[0] ?? message
}

let loading: Promise<void> | undefined

function loadOnce(): Promise<void> {
  loading ??= load()
  return loading
}

/** By hand, because the package imports its .wasm file as a module, which a bundle cannot do. */
async function load(): Promise<void> {
  const bytes = await readFile(locateWasm())
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings })
  const glue = bindings as unknown as { __wbg_set_wasm: (exports: object) => void }
  glue.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start as () => void
  start()
}

function locateWasm(): string {
  const besideBundle = new URL(wasmFile, import.meta.url)
  const besideBindings = inPackage('@prisma/schema-engine-wasm/schema_engine_bg')
  return firstExisting(besideBundle, ...besideBindings.map((bindings) => new URL(wasmFile, bindings)))
}
