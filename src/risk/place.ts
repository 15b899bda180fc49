import type { Segments } from '../features/segment.ts'
import type { Assessment } from './assessment.ts'

/**
 * Where the judged customers belong, told with what has just been judged: the layers read how likely each is to leave.
 * `judged`: assessments by place in the snapshot. Null: customers are not sorted here.
 */
export function withSegments(judged: ReadonlyMap<number, Assessment>, groups: Segments | null): Assessment[] {
  if (groups === null) return [...judged.values()]
  return [...judged].map(([index, assessment]) => ({
    ...assessment,
    segments: {
      rfm: groups.rfmClass(index)?.name ?? null,
      lifecycle: groups.stage(index)?.name ?? null,
      layer: groups.layerWith(index, assessment.score, assessment.reason === 'already-gone').name,
    },
  }))
}
