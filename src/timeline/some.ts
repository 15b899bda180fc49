import type { Columns } from '../features/columns.ts'
import type { FeatureList } from '../features/feature-list.ts'
import { type FeatureMatrix, featuresOf, matrixOver } from '../features/kernel.ts'
import { columnsBuilder } from './build.ts'
import { type Deal, indexIn } from './deal.ts'
import type { Everyone } from './everyone.ts'
import { besideOthers } from './one-customer.ts'
import { recentVoices } from './recent-voices.ts'
import { type Reading, withMoods } from './refresh.ts'
import type { Snapshot } from './snapshot.ts'
import { historyOf } from './view.ts'

/**
 * Some customers as of an instant, straight from their rows, beside everyone as they were in an earlier snapshot: for who
 * cannot wait until all new rows are merged. The features of these customers are written over the earlier ones.
 */
export async function snapshotOfSome(
  { rows, parents, sentimentOf }: Pick<Reading, 'rows' | 'parents' | 'sentimentOf'>,
  list: FeatureList,
  known: { readonly everyone: Everyone; readonly horizon: number },
  asked: { readonly asOf: number; readonly customers: readonly string[]; readonly earlier: FeatureMatrix },
): Promise<Omit<Snapshot, 'history'> & { history(index: number): ReturnType<Snapshot['history']> | null }> {
  const { deal, since } = known.everyone
  const { asOf, customers, earlier } = asked
  const facts = await rows.customers(customers)
  const building = columnsBuilder(facts, parents)
  const ids = facts.map(({ id }) => id)
  for await (const page of ids.length === 0 ? [] : rows.rows(ids)) building.add(withMoods(page, sentimentOf))
  const own = besideOthers(building.finish(), since)
  const voices = await recentVoices(rows, asOf, customers)
  const placeAt = new Map<number, number>()
  for (const [place, { id }] of own.facts.entries()) {
    const index = indexIn(deal, id)
    if (index !== undefined) placeAt.set(index, place)
  }
  const features = measuredAgain(list, deal, { own, placeAt, asOf }, earlier)
  return {
    asOf,
    size: deal.facts.length,
    facts: deal.facts,
    features,
    near: deal.places,
    horizon: newestIn(own, known.horizon),
    indexOf: (customer) => indexIn(deal, customer),
    history: (index) => {
      const place = placeAt.get(index)
      if (place === undefined) return null
      const heard = voices.get(own.facts[place]!.id)
      return historyOf(own, place, asOf, list, heard, features, index)
    },
  }
}

/** What is usual in a group stays as it was. Who came since stands behind, unknown unless asked about. */
function measuredAgain(
  list: FeatureList,
  { facts }: Deal,
  {
    own,
    placeAt,
    asOf,
  }: { readonly own: Columns; readonly placeAt: ReadonlyMap<number, number>; readonly asOf: number },
  earlier: FeatureMatrix,
): FeatureMatrix {
  const matrix = reaching(list, facts.length, earlier)
  for (const [index, place] of placeAt) {
    const was = matrix.row(index)
    const row = featuresOf(list, own, place, asOf)
    for (const { slot, of } of list.peers) row[slot] = (row[of]! * was[slot]!) / was[of]!
    was.set(row)
  }
  return matrix
}

function reaching(list: FeatureList, size: number, earlier: FeatureMatrix): FeatureMatrix {
  const cells = size * list.names.length
  if (earlier.values.length >= cells) return earlier
  const values = new Float64Array(cells).fill(Number.NaN, earlier.values.length)
  values.set(earlier.values)
  return matrixOver(list, values)
}

function newestIn({ blocks }: Columns, horizon: number): number {
  let newest = Number.isNaN(horizon) ? Number.NEGATIVE_INFINITY : horizon
  for (const { at } of blocks.values()) for (const instant of at) newest = Math.max(newest, instant)
  return newest === Number.NEGATIVE_INFINITY ? Number.NaN : newest
}
