import { DAY } from '../clock.ts'
import type { Text } from '../text.ts'
import type { Stand, StormKind } from './detect.ts'
import type { SeriesName } from './series.ts'

/** What a storm turned out to be. */
export type StormCause = 'real' | 'campaign' | 'data' | 'nothing'
export const STORM_CAUSES: readonly StormCause[] = ['real', 'campaign', 'data', 'nothing']

/** Many voices at once about the same thing. People see S-12. */
export interface Storm extends SeriesName {
  readonly id: string
  readonly no: number
  readonly what: StormKind
  /** Grows with every change of what the card shows. */
  readonly version: number
  /** When its first voices were said. */
  readonly startedAt: Date
  /** When it was last above the usual. */
  readonly hotAt: Date
  /** Counts are back; it is over. */
  readonly endedAt: Date | null
  /** A person closed it: they know what it is, and its cases are told. */
  readonly closedAt: Date | null
  readonly closedBy: string | null
  readonly cause: StormCause | null
  readonly note: string
  readonly owner: string | null
  readonly claimedAt: Date | null
  readonly figures: StormFigures
}

export interface StormFigures {
  /** In the last 24 hours; of 'negative': negative ones. */
  readonly count: number
  /** All voices of the series in the last 24 hours. */
  readonly voices: number
  readonly peak: number
  readonly usual: { readonly low: number; readonly high: number }
  /** Usual part that is negative, 0..1. */
  readonly usualShare: number
  /** By day, oldest first, the last one the 24 hours before `at`. */
  readonly days: readonly number[]
  /** When they were counted, ISO; absent: by a version that did not say, when it was last above the usual. */
  readonly at?: string
  /** Customers behind the voices since it began, and what they are worth, minor units. */
  readonly customers: number
  readonly valueMinor: number
  /** Other series that show the same storm. */
  readonly also: readonly SeriesName[]
}

/** What of a storm changes after it has begun. */
export type StormChange = Partial<
  Pick<
    Storm,
    'hotAt' | 'endedAt' | 'closedAt' | 'closedBy' | 'cause' | 'note' | 'owner' | 'claimedAt' | 'figures'
  >
>

/** What becomes of a running storm. */
export type Course = 'goes-on' | 'calms' | 'ends'

/** Counts must be back for so long. */
export const CALM_DAYS = 3

/** A storm ends by itself; one whose series is gone from the record is calm. */
export function courseOf(
  storm: Pick<Storm, 'what' | 'hotAt'>,
  stand: Stand | null,
  isRising: boolean,
  now: Date,
): Course {
  if (isRising || stand?.hot[storm.what] === true) return 'goes-on'
  return now.getTime() - storm.hotAt.getTime() >= CALM_DAYS * DAY ? 'ends' : 'calms'
}

/** Why a person's step is refused. */
export type StormRefusal = 'over' | 'theirs' | 'not-yours' | 'nothing' | 'too-late'

export function refusesClaim(storm: Storm, person: string): StormRefusal | null {
  if (storm.closedAt !== null || storm.endedAt !== null) return 'over'
  return storm.owner === null || storm.owner === person ? null : 'theirs'
}

/** Also one that ended by itself can still be closed: its cases want to know what it was. */
export function refusesClose(storm: Storm): StormRefusal | null {
  return storm.closedAt === null ? null : 'over'
}

/** The last step: closing, else claiming. */
export function refusesTakingBack(
  { closedAt, closedBy, claimedAt, owner }: Storm,
  person: string,
  now: Date,
  undoMs: number,
): StormRefusal | null {
  const [at, by] = closedAt === null ? [claimedAt, owner] : [closedAt, closedBy]
  if (at === null) return 'nothing'
  if (by !== person) return 'not-yours'
  return now.getTime() - at.getTime() > undoMs ? 'too-late' : null
}

/** A storm with all that its card says. */
export interface StormView {
  readonly storm: Storm
  /** What it is about: "等待（虹桥店）". */
  readonly about: Text
  readonly also: readonly { readonly series: SeriesName; readonly about: Text }[]
  readonly ownerName: Text | null
  /** Who answers for the site, product or topic by the configuration. */
  readonly askedNames: readonly Text[]
  readonly closedByName: Text | null
  /** The gravest voices, as they were said. */
  readonly quotes: readonly { readonly text: string; readonly at: Date; readonly name: string | null }[]
  /** Numbers of the cases that belong to it. */
  readonly cases: readonly number[]
  readonly currency: string
}
