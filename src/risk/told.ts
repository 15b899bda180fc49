import type { SegmentTables } from '../features/segment.ts'
import type { SegmentPlan } from '../features/segment-plan.ts'
import type { RuleChange } from '../signals/rule-changes.ts'
import type { SilenceTerms } from '../signals/silence.ts'
import type { Bands } from './bands.ts'
import type { Marks } from './marks.ts'
import type { Odds } from './priority.ts'
import type { Written } from './written.ts'

/** Everyone in shares (as they are `near` each other in a snapshot), each of which a thread can judge beside this one. */
export interface Shares {
  /** How many shares to ask for at a time, so that no thread waits. */
  readonly lanes: number
  /** Marks with 1 whom no thread can judge: who has said something lately, and these customers, by id. */
  apart(besides: Iterable<string>): Uint8Array
  /** Judges everyone else of a share; gives how many were told at a glance. */
  judge(share: number, told: NightTold): Promise<number>
  /** The share of a customer, by the place among all. */
  shareOf(index: number): number
  /** The same places, share by share. */
  nearby(places: readonly number[]): readonly number[]
  /** Assessments of some of a share. */
  assess(share: number, told: NightTold, asked: Asked): Promise<Answer>
}

/** Customers to be assessed: places among all, and of each what was last written. */
export interface Asked {
  readonly indices: Int32Array
  readonly standings: Float64Array
  readonly factors: Float64Array
  /** Where they are put down. */
  readonly memory: Uint8Array<SharedArrayBuffer>
}

/** Those that say something new, and places among those asked for of whom no thread can tell. */
export interface Answer {
  readonly written: Written
  readonly left: readonly number[]
}

/**
 * What a thread is told of a night: numbers that lie in shared memory and a few words. It judges those who have said
 * nothing lately and of whom nothing was judged to be no risk: of them it needs no lexicon and no moods.
 */
export interface NightTold {
  /** Tells this night from every other in this process. */
  readonly night: number
  readonly horizon: number
  /** Everyone's, row by row. */
  readonly features: Float64Array
  /** Changed from chat. */
  readonly rules: readonly RuleChange[]
  /** As an admin has set it; undefined: SILENCE. */
  readonly silence: SilenceTerms | undefined
  readonly highValueFrom: number
  readonly bands: Bands | undefined
  readonly odds: Odds | undefined
  readonly unhealthy: ReadonlySet<string> | undefined
  readonly model: ModelTold | null
  readonly plan: SegmentPlan | null
  readonly groups: SegmentTables | null
  readonly similar: Similar
  /** 1: is judged elsewhere. */
  readonly apart: Uint8Array
  readonly marks: Marks
}

/** What the model in use has said of everyone. */
export interface ModelTold {
  readonly name: string
  readonly days: number
  readonly isExplained: boolean
  readonly probabilities: Float32Array
  readonly unspoken: Float32Array
}

/** Who is in which group of similar customers. */
export interface Similar {
  /** Of each customer. */
  readonly groups: Uint8Array
  /** Customers group by group, and where each of the 256 groups begins; one more than there are. */
  readonly members: Int32Array
  readonly starts: Int32Array
  /** Medians told so far, where several threads tell each other; two may work out the same one. */
  readonly medians?: Float64Array | undefined
}
