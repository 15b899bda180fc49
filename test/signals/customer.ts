import { readFileSync } from 'node:fs'
import type { Measure } from '../../src/features/columns.ts'
import { featureList } from '../../src/features/feature-list.ts'
import { loadProfile } from '../../src/features/load-profile.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import type { CustomerFacts, History, Voice } from '../../src/timeline/history.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'
import { historyOf } from '../../src/timeline/view.ts'
import { loadLexicon } from '../../src/voice/lexicon.ts'
import { moodReader } from '../../src/voice/mood.ts'
import { loadSentiment } from '../../src/voice/sentiment-lexicon.ts'

export const DAY = 86_400_000
export const NOW = Date.UTC(2026, 5, 1, 6)

export const profile = loadProfile(shipped('profiles/auto.yaml'), 'models/profiles/auto.yaml')
export const lexicon = loadLexicon(shipped('lexicons/churn.yaml'), 'models/lexicons/churn.yaml')
export const mood = moodReader(
  loadSentiment(shipped('lexicons/sentiment.yaml'), 'models/lexicons/sentiment.yaml'),
)
const list = featureList(profile)

function shipped(path: string): string {
  return readFileSync(new URL(`../../models/${path}`, import.meta.url), 'utf8')
}

/** An event so many days ago, alone or with its measures. */
export type Ago = number | readonly [daysAgo: number, measures: Partial<Record<Measure, number>>]

export type Said = readonly [daysAgo: number, words: string, rating?: number]

export interface Life {
  /** Events by kind (`voice` for ratings), in days before NOW. */
  readonly events?: Readonly<Record<string, readonly Ago[]>>
  /** What was said, by days before NOW, some of it rated 0-10. */
  readonly says?: readonly Said[]
  readonly facts?: Partial<CustomerFacts>
  /** The instant asked about; NOW when absent. */
  readonly asOf?: number
  /** False: nobody has ever shown any other kind of event, so nothing else is measured. */
  readonly others?: boolean
}

/** One customer of the auto profile as of NOW, beside a neighbour who has shown every kind of event. */
export function customerWith(life: Life): History {
  const rows = Object.entries(life.events ?? {}).flatMap(([kind, events]) =>
    events.map((ago) => rowOf('c', kind, ago)),
  )
  const kinds = [...Object.keys(profile.kinds), 'voice']
  const neighbour = life.others === false ? [] : kinds.map((kind) => rowOf('n', kind, 900))
  const columns = buildTimeline([factsOf('c', 1, life.facts), factsOf('n', 2)], [...rows, ...neighbour])
  return historyOf(columns, 0, life.asOf ?? NOW, list, (life.says ?? []).map(voiceOf))
}

function rowOf(customer: string, kind: string, ago: Ago): TimelineRow {
  const [days, measures] = typeof ago === 'number' ? [ago, {}] : ago
  return { customer, kind, at: NOW - days * DAY, id: `${customer}-${kind}-${days}`, ...measures }
}

function voiceOf([days, words, rating = null]: Said | readonly [number, string, null]): Voice {
  return { id: `v${days}`, at: NOW - days * DAY, channel: 'chat', text: words, rating }
}

function factsOf(id: string, no: number, more: Partial<CustomerFacts> = {}): CustomerFacts {
  const unknown = { name: null, valueTier: null, ltvMinor: null, owner: null, region: null, site: null }
  return { id, no, ...unknown, product: null, firstPurchase: null, attributes: {}, ...more }
}

/** Days ago from `first` down to `last`, every `step` days. */
export function every(step: number, first: number, last: number): number[] {
  return Array.from({ length: Math.floor((first - last) / step) + 1 }, (_, index) => first - index * step)
}
