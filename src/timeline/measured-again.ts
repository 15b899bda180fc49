import type { FeatureList } from '../features/feature-list.ts'
import { type FeatureMatrix, featuresOf, matrixOver } from '../features/kernel.ts'
import type { Everyone } from './everyone.ts'

/**
 * An earlier matrix in which some customers' rows are as of an instant, written over: for who cannot wait for everyone's.
 * What is usual in a group stays as it was then. Customers who came since stand behind, unknown but for those named.
 */
export function measuredAgain(
  list: FeatureList,
  { deal, parts }: Everyone,
  asOf: number,
  customers: readonly number[],
  earlier: FeatureMatrix,
): FeatureMatrix {
  const matrix = reaching(list, deal.facts.length, earlier)
  for (const index of customers) {
    const was = matrix.row(index)
    const row = featuresOf(list, parts[deal.shardAt[index]!]!, deal.placeAt[index]!, asOf)
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
