import { DAY } from '../clock.ts'
import { factsAt } from '../features/attributes.ts'
import { type EventBlock, firstFrom, MEASURES, type Measure, type Part } from '../features/columns.ts'
import type { FeatureList } from '../features/feature-list.ts'
import { type FeatureMatrix, featuresOf } from '../features/kernel.ts'
import type { CustomerFacts, EventColumn, History, Voice } from './history.ts'

/** How far back a voice is read as words, so that a mood has half a year to be usual in; older ones live on as numbers. */
export const VOICE_DAYS = 180

const NOTHING = new Float64Array(0)
const EMPTY: EventColumn = { at: NOTHING, measure: () => null }
const SILENT: readonly Voice[] = []

/**
 * One customer as of an instant, over the columns and without copying them. `voices` are the customer's own (any
 * instant, any order; what is outside the window is not seen). Features come from row `row` of `matrix` when one was
 * computed for this very asOf, otherwise they are computed on first use.
 */
export function historyOf(
  columns: Part,
  customer: number,
  asOf: number,
  list: FeatureList,
  voices: readonly Voice[] = SILENT,
  matrix: Pick<FeatureMatrix, 'values'> | null = null,
  row = customer,
): History {
  return new View(columns, customer, asOf, list, voices, matrix?.values ?? null, row)
}

/** A class, since a night makes one for everyone: it costs a few words of memory and nothing that is not asked for. */
class View implements History {
  readonly asOf: number
  readonly #columns: Part
  readonly #at: number
  readonly #list: FeatureList
  readonly #heard: readonly Voice[]
  /** The customer's features begin here among these values. */
  #values: Float64Array | null
  readonly #first: number
  #voices: readonly Voice[] | null = null
  #facts: CustomerFacts | null = null

  constructor(
    columns: Part,
    customer: number,
    asOf: number,
    list: FeatureList,
    heard: readonly Voice[],
    values: Float64Array | null,
    row: number,
  ) {
    this.asOf = asOf
    this.#columns = columns
    this.#at = customer
    this.#list = list
    this.#heard = heard
    this.#values = values
    this.#first = values === null ? 0 : row * list.names.length
  }

  get customer(): CustomerFacts {
    this.#facts ??= factsAt(this.#columns.facts.at(this.#at)!, this.asOf)
    return this.#facts
  }

  get voices(): readonly Voice[] {
    this.#voices ??= this.#heard.length === 0 ? SILENT : voicesBefore(this.#heard, this.asOf)
    return this.#voices
  }

  events(kind: string): EventColumn {
    const block = this.#columns.blocks.get(kind)
    if (block === undefined) return EMPTY
    const [low, high] = [block.offsets[this.#at]!, this.#end(block)]
    return {
      at: block.at.subarray(low, high),
      measure(name) {
        if (!isMeasure(name)) throw new Error(`There is no measure "${name}".`)
        const values = block.measures.get(name)?.subarray(low, high)
        return values?.some((value) => !Number.isNaN(value)) ? values : null
      },
    }
  }

  count(kind: string): number {
    const block = this.#columns.blocks.get(kind)
    return block === undefined ? 0 : this.#end(block) - block.offsets[this.#at]!
  }

  first(kind: string): number {
    const block = this.#columns.blocks.get(kind)
    if (block === undefined) return Number.NaN
    const low = block.offsets[this.#at]!
    return this.#end(block) > low ? block.at[low]! : Number.NaN
  }

  last(kind: string): number {
    const block = this.#columns.blocks.get(kind)
    if (block === undefined) return Number.NaN
    const end = this.#end(block)
    return end > block.offsets[this.#at]! ? block.at[end - 1]! : Number.NaN
  }

  hasFeature(name: string): boolean {
    return this.#list.index.has(name)
  }

  feature(name: string): number {
    const column = this.#list.index.get(name)
    if (column === undefined)
      throw new Error(`The ${this.#list.profile.name} profile has no feature "${name}".`)
    this.#values ??= featuresOf(this.#list, this.#columns, this.#at, this.asOf)
    return this.#values[this.#first + column]!
  }

  /** Where the customer's events before the instant end; mostly nothing is newer. */
  #end({ offsets, at }: EventBlock): number {
    const [low, end] = [offsets[this.#at]!, offsets[this.#at + 1]!]
    return end === low || at[end - 1]! < this.asOf ? end : firstFrom(at, low, end, this.asOf)
  }
}

function isMeasure(name: string): name is Measure {
  return (MEASURES as readonly string[]).includes(name)
}

function voicesBefore(voices: readonly Voice[], asOf: number): readonly Voice[] {
  const since = asOf - VOICE_DAYS * DAY
  const seen = voices.filter(({ at }) => at >= since && at < asOf)
  return seen.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}
