import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** PostgreSQL as machine code, under the names that PGlite takes it by; a thread may be handed it. */
export interface LiteCode {
  readonly pgliteWasmModule: object
  readonly initdbWasmModule: object
}

/** What of the language is used here; its usual types come with a browser's. */
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<object> }

let compiled: Promise<LiteCode> | null = null

/** Compiled once for all databases of this process, aside from every thread: it is the better part of opening one. */
export function liteCode(): Promise<LiteCode> {
  compiled ??= compile()
  return compiled
}

async function compile(): Promise<LiteCode> {
  const folder = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'))
  const codeOf = async (name: string) => WebAssembly.compile(await readFile(join(folder, name)))
  const [pgliteWasmModule, initdbWasmModule] = await Promise.all([
    codeOf('pglite.wasm'),
    codeOf('initdb.wasm'),
  ])
  return { pgliteWasmModule, initdbWasmModule }
}
