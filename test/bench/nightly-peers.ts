import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TreeModel } from '../../src/learning/model.ts'
import { PACKAGE_ROOT } from '../../src/paths.ts'
import { LIST } from './full-pass.ts'
import type { RandomHistory } from './history.ts'
import { modelOf } from './peers/xgboost.ts'

/** Debian's own, where python3-pandas and python3-xgboost are installed to. */
const PYTHON = '/usr/bin/python3'
const SCRIPT = join(PACKAGE_ROOT, 'test/bench/peers/nightly.py')
const DAY = 86_400_000

/** What a peer's night took, in seconds, by part. */
export interface PeerNight {
  readonly wall: number
  readonly cpu: number
  readonly read: number
  readonly features: number
  readonly predict: number
}

/** Rows to learn from, row by row, and who of them left. */
export interface Lesson {
  readonly values: Float32Array
  readonly labels: Uint8Array
}

/** pandas and XGBoost in a process of their own. */
export interface NightlyPeer {
  /** The model XGBoost learned, as ours. */
  learn(lesson: Lesson, trees: number, depth: number): Promise<TreeModel>
  night(asOf: number): Promise<PeerNight>
  /** Everyone's probability in the last night. */
  probabilities(): Float32Array
  stop(): Promise<void>
}

/** Starts the peer; the sentence that says why not where it cannot. */
export async function nightlyPeer(history: RandomHistory): Promise<NightlyPeer | string> {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-nightly-'))
  const child = spawn(PYTHON, [SCRIPT, folder], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) =>
    child.once('close', () => resolve()).once('error', () => resolve()),
  )
  child.stdin.on('error', () => {})
  const lines = createInterface({ input: child.stdout })
  const answer = async (): Promise<Record<string, unknown>> => {
    const line = await Promise.race([
      once(lines, 'line').then(([words]) => String(words)),
      ended.then(() => null),
    ])
    return line === null ? { missing: 'python3' } : JSON.parse(line)
  }
  const ask = async (question: object): Promise<Record<string, unknown>> => {
    const answered = answer()
    child.stdin.write(`${JSON.stringify(question)}\n`)
    const found = await answered
    if ('missing' in found) throw new Error('The peer of the nightly bench has stopped.')
    return found
  }
  const stop = async (): Promise<void> => {
    child.stdin.end()
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  const { missing } = await answer()
  if (missing !== undefined) {
    await stop()
    return `peer not installed: ${missing} for ${PYTHON} (apt-get install python3-pandas python3-xgboost).`
  }
  writeCsv(history, folder)
  return {
    learn: async ({ values, labels }, trees, depth) => {
      writeFileSync(join(folder, 'train.f32'), values)
      writeFileSync(join(folder, 'train.u8'), labels)
      await ask({ do: 'train', columns: LIST.names.length, trees, depth, seed: 1 })
      return { ...modelOf(readFileSync(join(folder, 'model.json'), 'utf8')), names: LIST.names }
    },
    night: async (asOf) => (await ask({ do: 'night', asOf, names: LIST.names })) as unknown as PeerNight,
    probabilities: () =>
      new Float32Array(new Uint8Array(readFileSync(join(folder, 'probability.f32'))).buffer),
    stop,
  }
}

const LINES_A_WRITE = 50_000

/** Customer by customer and oldest first, kinds as numbers: the file a peer reads fastest. */
function writeCsv({ facts, customer, kind, at, value, mood }: RandomHistory, folder: string): void {
  const known = (number: number | null): string =>
    number === null || Number.isNaN(number) ? '' : `${number}`
  const write = (name: string, head: string, count: number, line: (row: number) => string): void => {
    const file = openSync(join(folder, name), 'w')
    writeSync(file, `${head}\n`)
    for (let start = 0; start < count; start += LINES_A_WRITE) {
      const rows = Array.from({ length: Math.min(LINES_A_WRITE, count - start) }, (_, row) =>
        line(start + row),
      )
      writeSync(file, `${rows.join('\n')}\n`)
    }
    closeSync(file)
  }
  write(
    'events.csv',
    'customer,kind,at,value,mood',
    at.length,
    // A mood has two decimals; the float32 it is kept in has more.
    (row) => `${customer[row]},${kind[row]},${at[row]},${known(value[row]!)},${known(mood[row]!)}`,
  )
  write('customers.csv', 'first_purchase,ltv,warranty_day', facts.length, (row) => {
    const { firstPurchase, ltvMinor, attributes } = facts[row]!
    return `${known(firstPurchase)},${known(ltvMinor)},${Date.parse(`${attributes['warranty_end']}`) / DAY}`
  })
}
