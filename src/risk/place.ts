import type { Segments } from '../features/segment.ts'
import type { Assessment, SegmentNames } from './assessment.ts'

/**
 * Where a judged customer belongs, told with what has just been judged: the layers read how likely each is to leave.
 * Null: customers are not sorted here.
 */
export function segmentsAt(
  index: number,
  { score, reason }: Pick<Assessment, 'score' | 'reason'>,
  groups: Segments | null,
): SegmentNames | null {
  if (groups === null) return null
  return {
    rfm: groups.rfmClass(index)?.name ?? null,
    lifecycle: groups.stage(index)?.name ?? null,
    layer: groups.layerWith(index, score, reason === 'already-gone').name,
  }
}

export function withSegments(index: number, assessment: Assessment, groups: Segments | null): Assessment {
  const segments = segmentsAt(index, assessment, groups)
  return segments === null ? assessment : { ...assessment, segments }
}
