import type { VoiceChannel } from '../records/record.ts'
import type { CustomerFacts, Facts } from '../timeline/history.ts'

/**
 * What an event or voice may carry besides its instant: `amount` in minor units, `duration` in minutes, ratings on a
 * 0-10 scale, `sentiment` of what was said from -1 to 1.
 */
export const MEASURES = [
  'amount',
  'quantity',
  'duration',
  'rating',
  'nps',
  'csat',
  'ces',
  'sentiment',
] as const

export type Measure = (typeof MEASURES)[number]

/** The kind under which feedback appears among the events. */
export const VOICE = 'voice'

/** The kind of a voice that came through a channel: `voice_review`. It counts as `voice` too (see kind-tree.ts). */
export function voiceKind(channel: VoiceChannel): string {
  return `${VOICE}_${channel}`
}

/** All events of one kind, customer by customer, each customer's oldest first. */
export interface EventBlock {
  /** Customer i's events are `offsets[i] .. offsets[i + 1]` of every column; length size + 1. */
  readonly offsets: Int32Array
  /** Instants, milliseconds since the epoch. */
  readonly at: Float64Array
  /** Only measures that some event of the kind carries; NaN where an event does not. */
  readonly measures: ReadonlyMap<Measure, Float64Array>
  /** The first instant of the block: a kind is measured from there on. */
  readonly since: number
}

/** Some customers' events as typed columns; customers are numbered 0..size-1 by ascending `no`. */
export interface Part {
  readonly size: number
  readonly facts: Facts
  readonly blocks: ReadonlyMap<string, EventBlock>
}

/** Every customer's. */
export interface Columns extends Part {
  readonly facts: readonly CustomerFacts[]
}

/** First position in `at[low..high)` whose instant is not before `instant`; `high` when there is none. */
export function firstFrom(at: Float64Array, low: number, high: number, instant: number): number {
  let left = low
  let right = high
  while (left < right) {
    const middle = (left + right) >>> 1
    if (at[middle]! < instant) left = middle + 1
    else right = middle
  }
  return left
}
