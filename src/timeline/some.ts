import type { Part } from '../features/columns.ts'
import type { FeatureList } from '../features/feature-list.ts'
import { type FeatureMatrix, featuresOf, matrixOver } from '../features/kernel.ts'
import { columnsBuilder } from './build.ts'
import { type Deal, indexIn } from './deal.ts'
import type { Everyone } from './everyone.ts'
import type { History, Voice } from './history.ts'
import { withMoods } from './moods.ts'
import { besideOthers } from './one-customer.ts'
import type { Reading } from './reading.ts'
import type { Snapshot } from './snapshot.ts'
import { historyOf } from './view.ts'

/** Where a customer stands among all, and where their own rows are. */
interface Own {
  readonly index: number
  readonly part: Part
  readonly place: number
}

/** How many rows these customers have as of the last refresh. */
export function keptRows({ deal, parts }: Everyone, customers: readonly string[]): number {
  return placesOf(deal, customers).reduce((sum, index) => {
    const { blocks } = parts[deal.shardAt[index]!]!
    const place = deal.placeAt[index]!
    for (const { offsets } of blocks.values()) sum += offsets[place + 1]! - offsets[place]!
    return sum
  }, 0)
}

/** Their rows as they are in the store now, beside what is measured of everyone. */
export async function readSome(
  { rows, parents, sentimentOf }: Pick<Reading, 'rows' | 'parents' | 'sentimentOf'>,
  { deal, since }: Everyone,
  customers: readonly string[],
): Promise<Own[]> {
  const facts = await rows.customers(customers)
  const building = columnsBuilder(facts, parents)
  const ids = facts.map(({ id }) => id)
  for await (const page of ids.length === 0 ? [] : rows.rows(ids)) building.add(withMoods(page, sentimentOf))
  const part = besideOthers(building.finish(), since)
  return part.facts.flatMap(({ id }, place) => {
    const index = indexIn(deal, id)
    return index === undefined ? [] : [{ index, part, place }]
  })
}

/** Their rows as of the last refresh. */
export function keptSome({ deal, parts }: Everyone, customers: readonly string[]): Own[] {
  return placesOf(deal, customers).map((index) => {
    const part = parts[deal.shardAt[index]!]!
    return { index, part, place: deal.placeAt[index]! }
  })
}

/**
 * Some customers as of an instant beside everyone as they were in an earlier snapshot: for who cannot wait for a look at
 * all. The features of these customers are written over the earlier ones.
 */
export function snapshotOfSome(
  list: FeatureList,
  { everyone: { deal }, horizon }: { readonly everyone: Everyone; readonly horizon: number },
  own: readonly Own[],
  asked: {
    readonly asOf: number
    readonly voices: ReadonlyMap<string, readonly Voice[]>
    readonly earlier: FeatureMatrix
  },
): Omit<Snapshot, 'history'> & { history(index: number): History | null } {
  const { asOf, voices, earlier } = asked
  const byIndex = new Map(own.map((each) => [each.index, each]))
  const features = measuredAgain(list, deal, own, asOf, earlier)
  return {
    asOf,
    size: deal.facts.length,
    facts: deal.facts,
    features,
    near: deal.places,
    shares: null,
    horizon: newestIn(own, horizon),
    indexOf: (customer) => indexIn(deal, customer),
    history: (index) => {
      const found = byIndex.get(index)
      if (found === undefined) return null
      const { part, place } = found
      return historyOf(part, place, asOf, list, voices.get(part.facts.at(place)!.id), features, index)
    },
  }
}

/** What is usual in a group stays as it was. Who came since stands behind, unknown unless asked about. */
function measuredAgain(
  list: FeatureList,
  { facts }: Deal,
  own: readonly Own[],
  asOf: number,
  earlier: FeatureMatrix,
): FeatureMatrix {
  const matrix = reaching(list, facts.length, earlier)
  for (const { index, part, place } of own) {
    const was = matrix.row(index)
    const row = featuresOf(list, part, place, asOf)
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

function newestIn(own: readonly Own[], horizon: number): number {
  let newest = Number.isNaN(horizon) ? Number.NEGATIVE_INFINITY : horizon
  for (const { part, place } of own)
    for (const { offsets, at } of part.blocks.values()) {
      const end = offsets[place + 1]!
      if (end > offsets[place]!) newest = Math.max(newest, at[end - 1]!)
    }
  return newest === Number.NEGATIVE_INFINITY ? Number.NaN : newest
}

function placesOf(deal: Deal, customers: readonly string[]): number[] {
  return customers.flatMap((customer) => indexIn(deal, customer) ?? [])
}
