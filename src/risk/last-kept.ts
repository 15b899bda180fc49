import { roomFor } from '../features/memory.ts'
import { TIERS, type Tier } from './assessment.ts'
import type { Gist } from './gist.ts'
import type { Pause } from './pause.ts'

/** Some assessments as far as a night compares with them, in any order; one entry an assessment in each list. */
export interface KeptPage {
  readonly customers: readonly string[]
  /** Instants they were made for, milliseconds. */
  readonly asOf: readonly number[]
  readonly tiers: readonly Tier[]
  readonly scores: readonly number[]
  readonly models: readonly string[]
  /** See Gist; null: written before gists were kept. */
  readonly standings: readonly (number | null)[]
  readonly factors: readonly (number | null)[]
}

/** What was last written of everyone, by place in a night. */
export interface LastKept {
  /** Places in TIERS; NOTHING where nothing was ever written. */
  readonly tiers: Uint8Array
  readonly scores: Float64Array
  /** NaN: not known. */
  readonly standings: Float64Array
  readonly factors: Float64Array
  /** 1: made by the model that judges tonight. */
  readonly sameModel: Uint8Array
}

export const NOTHING = 255

/** Puts the newest of what was written of customers where they stand tonight; who is no customer any more is left out. */
export async function lastKept(
  pages: AsyncIterable<KeptPage>,
  night: { readonly size: number; readonly model: string; indexOf(customer: string): number | undefined },
  pause: Pause,
): Promise<LastKept> {
  const { size, model, indexOf } = night
  // Of a million customers each takes some milliseconds.
  const numbers = async (value: number): Promise<Float64Array> => {
    await pause()
    return roomFor(Float64Array, size).fill(value)
  }
  const last: LastKept = {
    tiers: roomFor(Uint8Array, size).fill(NOTHING),
    scores: roomFor(Float64Array, size),
    standings: await numbers(Number.NaN),
    factors: await numbers(Number.NaN),
    sameModel: roomFor(Uint8Array, size),
  }
  const newest = await numbers(Number.NEGATIVE_INFINITY)
  for await (const page of pages) {
    for (let at = 0; at < page.customers.length; at += 1) {
      const index = indexOf(page.customers[at]!)
      if (index === undefined || page.asOf[at]! < newest[index]!) continue
      newest[index] = page.asOf[at]!
      last.tiers[index] = TIERS.indexOf(page.tiers[at]!)
      last.scores[index] = page.scores[at]!
      last.standings[index] = page.standings[at] ?? Number.NaN
      last.factors[index] = page.factors[at] ?? Number.NaN
      last.sameModel[index] = page.models[at] === model ? 1 : 0
      const rest = pause()
      if (rest !== null) await rest
    }
  }
  return last
}

/** Explaining is dear: factors of a model are compared only once the probability has moved by this much. */
const MOVED = 0.05

/**
 * Whether a customer's assessment may be worth a row, told without making it. Where it is the model that explains, its
 * factors count as unchanged while model and probability are: they say how the probability comes about.
 */
export function mayBeNews(
  last: LastKept,
  index: number,
  tonight: { readonly tiers: Uint8Array; readonly scores: Float64Array; gistAt(index: number): Gist },
): boolean {
  const before = last.tiers[index]!
  if (before === NOTHING) return TIERS[tonight.tiers[index]!] !== 'routine'
  if (before !== tonight.tiers[index]) return true
  const gist = tonight.gistAt(index)
  if (!Number.isNaN(gist.factors)) return isNews(last, index, gist)
  if (gist.standing !== last.standings[index] || last.sameModel[index] !== 1) return true
  return Math.abs(tonight.scores[index]! - last.scores[index]!) >= MOVED
}

/** Whether what has changed is more than numbers that drift. What is not known of before differs. */
export function isNews({ standings, factors }: LastKept, index: number, after: Gist): boolean {
  return differs({ standing: standings[index]!, factors: factors[index]! }, after)
}

export function differs(before: Gist, after: Gist): boolean {
  return after.standing !== before.standing || after.factors !== before.factors
}
