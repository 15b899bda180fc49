import { segmentsOf } from '../features/segment.ts'
import type { Assessment } from './assessment.ts'
import type { HistoriesAt, Yardstick } from './snapshot.ts'

/**
 * Where the judged customers belong, told with what has just been judged: the layers read how likely each is to leave.
 * `judged`: assessments by place in the snapshot; the others count as not judged yet.
 */
export function withSegments(
  judged: ReadonlyMap<number, Assessment>,
  { facts, features, size }: HistoriesAt,
  { profile, plan }: Yardstick,
  highValueFrom: number,
): Assessment[] {
  if (plan === undefined || profile.segments === undefined) return [...judged.values()]
  const risk = new Float64Array(size).fill(Number.NaN)
  const gone = new Uint8Array(size)
  for (const [index, { score, reason }] of judged) {
    risk[index] = score
    gone[index] = reason === 'already-gone' ? 1 : 0
  }
  const groups = segmentsOf({ profile, plan, facts, matrix: features, highValueFrom, risk, gone })
  return [...judged].map(([index, assessment]) => ({
    ...assessment,
    segments: {
      rfm: groups.rfmClass(index)?.name ?? null,
      lifecycle: groups.stage(index)?.name ?? null,
      layer: groups.layerOf(index).name,
    },
  }))
}
