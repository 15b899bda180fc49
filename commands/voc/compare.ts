import { DAY } from '../../src/clock.ts'
import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import { churnKinds, salesKinds } from '../../src/features/reported-kinds.ts'
import { characteristicTerms } from '../../src/reports/characteristic.ts'
import { ENOUGH } from '../../src/reports/figure.ts'
import { leftOf, type OutsideEvent, type Stretch, stretchOf } from '../../src/reports/outside-event.ts'
import type { Period } from '../../src/reports/period.ts'
import {
  addedSums,
  enough,
  type KeptSums,
  METRICS,
  type MetricSums,
  metricFigures,
  NO_VOICES,
  type VoiceSums,
} from '../../src/reports/voice-metric.ts'
import type { Groups } from '../../src/reports/voice-rows.ts'
import { metricTargets } from '../../src/settings/metric.ts'
import { same, type Text, text } from '../../src/text.ts'
import { VOC_GROUPS, type VocGroup, type VocGroupsCardData } from '../../templates/voc-groups.ts'
import { dataAgeHours, moneyView } from '../case/customer.ts'
import { pageOf } from '../case/page.ts'
import { outsideIn } from '../outside/around.ts'
import { noSegments } from '../ranking/groups.ts'
import { stageRules } from '../voices/stage.ts'
import { ownWords } from './own-words.ts'
import { topicList } from './topics.ts'
import type { VocGrouping, VocWords } from './words.ts'

const TERMS = 3

type Asked = Extract<VocWords, { about: 'groups' }>

/** Stores, products, regions or segments side by side: what is said, who stays, what is sold. */
export async function comparison(
  ctx: Context,
  { by, without, page: wanted, asked }: Asked,
  period: Period,
): Promise<VocGroupsCardData> {
  const { from, to } = period
  const { voiceFigures } = ctx.store
  const outside = await outsideIn(ctx, period)
  const excluded = outside.filter(({ kind }) => without.includes(kind))
  const stretches = stretchesLeft(ctx, period, excluded)
  const { groups, nameOf, placeOf } = await groupsBy(ctx, by)
  const sums = await sumsIn(ctx, groups, stretches)
  const kept = new Map(
    (await voiceFigures.kept(groups, from, to, churnKinds(ctx.profile))).map((row) => [row.key, row]),
  )
  const { currency } = ctx.config.company
  const sales = await voiceFigures.sales(groups, stretches, salesKinds(ctx.profile), currency)
  const sold = new Map(sales.map((row) => [row.key, row.amountMinor]))
  const list = await topicList(ctx)
  const terms = characteristicTerms(await voiceFigures.terms(groups, stretches), TERMS)
  const topics = new Set(list.topics.map(({ id }) => id))
  const keys = [...new Set([...sums.keys(), ...kept.keys(), ...sold.keys()])].filter((key) => key !== null)
  const rows = keys
    .map((key): VocGroup & { readonly key: string } => {
      const voices = sums.get(key) ?? NO_VOICES
      const measured = { voices, kept: kept.get(key) ?? null }
      return {
        key,
        name: nameOf(key),
        voices: voices.voices,
        figures: METRICS.map((metric) => {
          const estimate = metric.of(measured)
          return { metric, estimate: enough(estimate), of: estimate?.of ?? 0 }
        }),
        salesMinor: sold.get(key) ?? null,
        terms: (terms.get(key) ?? []).map(({ term }) =>
          topics.has(term) ? list.nameOf(term) : list.tagName(term),
        ),
        words: [],
      }
    })
    .sort(
      (a, b) => placeOf(a.key) - placeOf(b.key) || b.voices - a.voices || (a.name.en < b.name.en ? -1 : 1),
    )
  const settings = await ctx.settings()
  const whole = wholeOf([...sums.values()], [...kept.values()])
  const all = metricFigures({
    ...{ now: whole, before: NOTHING, usual: NOTHING, targets: metricTargets(settings.value) },
    days: (+to - +from) / DAY,
  })
  const page = pageOf(rows, wanted, VOC_GROUPS)
  const words = await ownWords(ctx, groups, stretches, page.rows)
  return {
    by,
    asked,
    period,
    outside,
    excluded,
    all: {
      voices: whole.voices.voices,
      figures: all,
      salesMinor: sales.length === 0 ? null : sales.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    },
    ...page,
    rows: page.rows.map(({ key, ...row }) => ({ ...row, words: words.get(key) ?? [] })),
    enough: ENOUGH,
    money: moneyView(ctx),
    dataAgeHours: await dataAgeHours(ctx),
  }
}

const NOTHING: MetricSums = { voices: NO_VOICES, kept: null }

/** Everybody together, also those who belong to no group. */
function wholeOf(voices: readonly VoiceSums[], kept: readonly KeptSums[]): MetricSums {
  return {
    voices: voices.reduce(addedSums, NO_VOICES),
    kept: {
      customers: kept.reduce((sum, { customers }) => sum + customers, 0),
      left: kept.reduce((sum, { left }) => sum + left, 0),
    },
  }
}

/** @throws ForeshockError CONFLICT where nothing is left to compare */
function stretchesLeft(ctx: Context, period: Period, excluded: readonly OutsideEvent[]): Stretch[] {
  const { timeZone } = ctx.config.company
  const left = leftOf(
    period,
    excluded.map((event) => stretchOf(event, timeZone)),
  )
  if (left.length > 0) return left
  throw new ForeshockError(
    'CONFLICT',
    text('排除之后，这段时间里没有剩下的日子。', 'With those days left out, nothing of this time remains.'),
    text('换一段更长的时间，或不排除。', 'Take a longer time, or leave nothing out.'),
  )
}

/** The sums of each group over all stretches: of the bounds they make, every second pair is no stretch. */
async function sumsIn(
  ctx: Context,
  groups: Groups,
  stretches: readonly Stretch[],
): Promise<Map<string | null, VoiceSums>> {
  const bounds = stretches.flatMap(({ from, to }) => [from, to])
  const sums = new Map<string | null, VoiceSums>()
  for (const { key, bin, ...row } of await ctx.store.voiceFigures.sums(groups, bounds)) {
    if (bin % 2 === 0) sums.set(key, addedSums(row, sums.get(key) ?? NO_VOICES))
  }
  return sums
}

interface Grouped {
  readonly groups: Groups
  readonly nameOf: (key: string) => Text
  /** Groups with a smaller one stand first. */
  readonly placeOf: (key: string) => number
}

async function groupsBy(ctx: Context, by: VocGrouping): Promise<Grouped> {
  const placeOf = () => 0
  if (by === 'stage') {
    const { stages } = ctx.voice.journey
    return {
      groups: { by, stages: stageRules(ctx) },
      nameOf: (key) => stages.find(({ id }) => id === key)?.name ?? same(key),
      // The way customers go.
      placeOf: (key) => stages.findIndex(({ id }) => id === key),
    }
  }
  if (by !== 'segment') return { groups: { by }, nameOf: same, placeOf }
  const look = await ctx.scorer.look(ctx.clock.now())
  if (look.segments.length === 0) throw noSegments(ctx)
  const members = Array.from(look.facts).flatMap(({ id }) => {
    const segment = look.segmentOf(id)
    return segment === null ? [] : [{ customer: id, segment: segment.name }]
  })
  const labels = new Map(look.segments.map(({ name, label }) => [name, label]))
  return { groups: { by, members }, nameOf: (key) => labels.get(key) ?? same(key), placeOf }
}
