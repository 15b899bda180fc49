import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Columns } from '../../src/features/columns.ts'
import { PACKAGE_ROOT } from '../../src/paths.ts'
import { LIST, NAMES } from './full-pass.ts'
import type { Took } from './rounds.ts'

/** Debian's own, where python3-pandas is installed to. */
const PYTHON = '/usr/bin/python3'
const SCRIPT = join(PACKAGE_ROOT, 'test/bench/peers/features.py')
const DAY = 86_400_000

/** pandas in a process of its own, with the kernel's arrays loaded. */
export interface PandasPeer {
  /** On one table of events; `apart`: on the kinds apart, as the kernel has them. */
  run(asOf: number, apart?: boolean): Promise<Took>
  /** Its cells as of an instant, rows of all features. */
  cells(asOf: number): Promise<Float64Array>
  stop(): Promise<void>
}

/** Starts the peer; the sentence that says why not where it cannot. */
export async function pandasPeer(columns: Columns): Promise<PandasPeer | string> {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-pandas-'))
  const drop = () => rmSync(folder, { recursive: true, force: true })
  writeArrays(columns, folder)
  const child = spawn(PYTHON, [SCRIPT, folder], { stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = new Promise<void>((resolve) =>
    child.once('close', () => resolve()).once('error', () => resolve()),
  )
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (words: string) => {
    said += words
  })
  child.stdin.on('error', () => {})
  const lines = createInterface({ input: child.stdout })
  const answer = async (): Promise<unknown> => {
    const line = await Promise.race([
      once(lines, 'line').then(([words]) => String(words)),
      ended.then(() => null),
    ])
    if (line === null) throw new Error(`pandas stopped: ${said.trim().split('\n').at(-1)}`)
    return JSON.parse(line)
  }
  const ask = async (asOf: number, apart: boolean, save: string | null): Promise<Took> => {
    const answered = answer()
    child.stdin.write(`${JSON.stringify({ asOf, apart, save })}\n`)
    const { wall, cpu } = (await answered) as Took
    return { wall: wall * 1000, cpu: cpu * 1000 }
  }
  const stop = async (): Promise<void> => {
    child.stdin.end()
    await ended
    drop()
  }
  try {
    await answer()
  } catch (error) {
    await stop()
    return `peer not installed: pandas for ${PYTHON} (apt-get install python3-pandas). ${(error as Error).message}`
  }
  return {
    run: (asOf, apart = false) => ask(asOf, apart, null),
    async cells(asOf) {
      const file = join(folder, 'cells')
      await ask(asOf, false, file)
      return new Float64Array(new Uint8Array(readFileSync(file)).buffer)
    },
    stop,
  }
}

function writeArrays(columns: Columns, folder: string): void {
  const write = (name: string, { buffer, byteOffset, byteLength }: Float64Array | Int32Array) =>
    writeFileSync(join(folder, name), new Uint8Array(buffer, byteOffset, byteLength))
  const kinds: Record<string, string[]> = {}
  for (const { kind } of LIST.kinds) {
    const block = columns.blocks.get(kind)!
    kinds[kind] = [...block.measures.keys()]
    write(`${kind}.at`, block.at)
    write(`${kind}.offsets`, block.offsets)
    for (const [measure, values] of block.measures) write(`${kind}.${measure}`, values)
  }
  const { facts } = columns
  write(
    'first_purchase',
    Float64Array.from(facts, ({ firstPurchase }) => firstPurchase ?? Number.NaN),
  )
  write(
    'ltv',
    Float64Array.from(facts, ({ ltvMinor }) => ltvMinor ?? Number.NaN),
  )
  write(
    'warranty_day',
    Float64Array.from(facts, ({ attributes }) => Date.parse(`${attributes['warranty_end']}`) / DAY),
  )
  writeFileSync(join(folder, 'meta.json'), JSON.stringify({ size: columns.size, kinds, names: NAMES }))
}
