import type { Context } from '../../src/context.ts'
import { churnKinds, salesKinds } from '../../src/features/reported-kinds.ts'
import { characteristicTerms } from '../../src/reports/characteristic.ts'
import { ENOUGH } from '../../src/reports/figure.ts'
import type { Period } from '../../src/reports/period.ts'
import { enough, METRICS, NO_VOICES } from '../../src/reports/voice-metric.ts'
import type { Groups } from '../../src/reports/voice-rows.ts'
import { same, type Text } from '../../src/text.ts'
import { VOC_GROUPS, type VocGroup, type VocGroupsCardData } from '../../templates/voc-groups.ts'
import { dataAgeHours, moneyView } from '../case/customer.ts'
import { pageOf } from '../case/page.ts'
import { noSegments } from '../ranking/groups.ts'
import { topicList } from './topics.ts'
import type { VocGrouping } from './words.ts'

const TERMS = 3

/** Stores, products, regions or segments side by side: what is said, who stays, what is sold. */
export async function comparison(
  ctx: Context,
  by: VocGrouping,
  period: Period,
  wanted: number,
): Promise<VocGroupsCardData> {
  const { from, to } = period
  const { voiceFigures } = ctx.store
  const { groups, nameOf } = await groupsBy(ctx, by)
  const sums = new Map((await voiceFigures.sums(groups, [from, to])).map((row) => [row.key, row]))
  const kept = new Map(
    (await voiceFigures.kept(groups, from, to, churnKinds(ctx.profile))).map((row) => [row.key, row]),
  )
  const { currency } = ctx.config.company
  const sales = await voiceFigures.sales(groups, from, to, salesKinds(ctx.profile), currency)
  const sold = new Map(sales.map((row) => [row.key, row.amountMinor]))
  const list = await topicList(ctx)
  const terms = characteristicTerms(await voiceFigures.terms(groups, from, to), TERMS)
  const topics = new Set(list.topics.map(({ id }) => id))
  const keys = [...new Set([...sums.keys(), ...kept.keys(), ...sold.keys()])].filter((key) => key !== null)
  const rows = keys
    .map((key): VocGroup => {
      const voices = sums.get(key) ?? NO_VOICES
      const asked = { voices, kept: kept.get(key) ?? null }
      return {
        name: nameOf(key),
        voices: voices.voices,
        figures: METRICS.map((metric) => {
          const estimate = metric.of(asked)
          return { metric, estimate: enough(estimate), of: estimate?.of ?? 0 }
        }),
        salesMinor: sold.get(key) ?? null,
        terms: (terms.get(key) ?? []).map(({ term }) =>
          topics.has(term) ? list.nameOf(term) : list.tagName(term),
        ),
      }
    })
    .sort((a, b) => b.voices - a.voices || (a.name.en < b.name.en ? -1 : 1))
  return {
    by,
    period,
    ...pageOf(rows, wanted, VOC_GROUPS),
    enough: ENOUGH,
    money: moneyView(ctx),
    dataAgeHours: await dataAgeHours(ctx),
  }
}

async function groupsBy(
  ctx: Context,
  by: VocGrouping,
): Promise<{ readonly groups: Groups; readonly nameOf: (key: string) => Text }> {
  if (by !== 'segment') return { groups: { by }, nameOf: same }
  const look = await ctx.scorer.look(ctx.clock.now())
  if (look.segments.length === 0) throw noSegments(ctx)
  const members = Array.from(look.facts).flatMap(({ id }) => {
    const segment = look.segmentOf(id)
    return segment === null ? [] : [{ customer: id, segment: segment.name }]
  })
  const labels = new Map(look.segments.map(({ name, label }) => [name, label]))
  return { groups: { by, members }, nameOf: (key) => labels.get(key) ?? same(key) }
}
