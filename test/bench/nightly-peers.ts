import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TreeModel } from '../../src/learning/model.ts'
import { PACKAGE_ROOT } from '../../src/paths.ts'
import { LIST } from './full-pass.ts'
import type { PackedHistory } from './history.ts'
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
  /** As exported: in the order of time, instants as text. Prepared: customer by customer, instants as numbers. */
  night(asOf: number, file: 'export' | 'prepared'): Promise<PeerNight>
  /** Everyone's probability in the last night. */
  probabilities(): Float32Array
  stop(): Promise<void>
}

/** Starts the peer; the sentence that says why not where it cannot. */
export async function nightlyPeer(history: PackedHistory): Promise<NightlyPeer | string> {
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
    night: async (asOf, file) =>
      (await ask({
        do: 'night',
        asOf,
        names: LIST.names,
        prepared: file === 'prepared',
      })) as unknown as PeerNight,
    probabilities: () =>
      new Float32Array(new Uint8Array(readFileSync(join(folder, 'probability.f32'))).buffer),
    stop,
  }
}

const LINES_A_WRITE = 50_000

/**
 * The events twice: as a system exports them (in the order of time, instants as text, whole seconds as they are), and
 * prepared to be read fast (customer by customer, instants as numbers), which nobody's export is.
 */
function writeCsv({ facts, customer, kind, at, value, mood }: PackedHistory, folder: string): void {
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
  // A mood has two decimals; the float32 it is kept in has more.
  const rest = (row: number): string => `${known(value[row]!)},${known(mood[row]!)}`
  const head = 'customer,kind,at,value,mood'
  const order = byInstant(at)
  write('events.csv', head, at.length, (nth) => {
    const row = order[nth]!
    return `${customer[row]},${kind[row]},${textOf(at[row]!)},${rest(row)}`
  })
  write('prepared.csv', head, at.length, (row) => `${customer[row]},${kind[row]},${at[row]},${rest(row)}`)
  write('customers.csv', 'first_purchase,ltv,warranty_day', facts.length, (row) => {
    const { firstPurchase, ltvMinor, attributes } = facts.at(row)!
    return `${known(firstPurchase)},${known(ltvMinor)},${Date.parse(`${attributes['warranty_end']}`) / DAY}`
  })
}

/** Rows by instant, those of one instant as they stood: by day first, then within each day. */
function byInstant(at: Float64Array): Uint32Array {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (const instant of at) {
    first = Math.min(first, instant)
    last = Math.max(last, instant)
  }
  const day = (row: number): number => Math.floor((at[row]! - first) / DAY)
  const places = new Uint32Array(Math.floor((last - first) / DAY) + 2)
  for (let row = 0; row < at.length; row += 1) places[day(row) + 1]! += 1
  for (let one = 1; one < places.length; one += 1) places[one]! += places[one - 1]!
  const starts = places.slice()
  const order = new Uint32Array(at.length)
  for (let row = 0; row < at.length; row += 1) order[places[day(row)]!++] = row
  for (let one = 0; one + 1 < starts.length; one += 1) {
    order.subarray(starts[one]!, starts[one + 1]!).sort((a, b) => at[a]! - at[b]! || a - b)
  }
  return order
}

const days = new Map<number, string>()
const pad = (part: number): string => (part < 10 ? `0${part}` : `${part}`)

/** `2025-12-31 23:59:59`, UTC. */
function textOf(at: number): string {
  const day = Math.floor(at / DAY)
  let date = days.get(day)
  if (date === undefined) {
    date = new Date(day * DAY).toISOString().slice(0, 10)
    days.set(day, date)
  }
  const second = (at - day * DAY) / 1000
  return `${date} ${pad(Math.floor(second / 3600))}:${pad(Math.floor(second / 60) % 60)}:${pad(second % 60)}`
}
