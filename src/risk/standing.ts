import type { Profile } from '../features/profile.ts'
import type { SegmentPlan } from '../features/segment-plan.ts'
import type { Text } from '../text.ts'
import type { Assessment } from './assessment.ts'

/** A group a customer belongs to, and the one line of advice that goes with it. */
export interface Group {
  readonly label: Text
  readonly strategy: Text
}

/** The step on the way out: when leaving usually follows (days, further end first), what was seen, what helps. */
export interface StageStanding extends Group {
  readonly before: { readonly from: number; readonly to: number }
  readonly sentence: Text
}

/** Where one customer stands; null is "not known" or, of the stage, "none can be seen". */
export interface Standing {
  readonly stage: StageStanding | null
  readonly layer: Group | null
  readonly rfm: Group | null
  readonly lifecycle: Group | null
}

/** The names in an assessment, looked up in the present profile and plan; a name they no longer have is not known. */
export function standingOf(
  { stage, segments }: Pick<Assessment, 'stage' | 'segments'>,
  profile: Pick<Profile, 'stages'>,
  plan: SegmentPlan,
): Standing {
  const known = profile.stages?.find(({ name }) => name === stage?.name)
  return {
    stage:
      known === undefined
        ? null
        : {
            label: known.label,
            before: known.before,
            sentence: stage!.sentence,
            strategy: known.guide.strategy,
          },
    layer: groupOf(plan.layers, segments?.layer),
    rfm: groupOf(plan.rfm.classes, segments?.rfm),
    lifecycle: groupOf(plan.lifecycle, segments?.lifecycle),
  }
}

type Described = { readonly name: string; readonly label: Text; readonly guide: { readonly strategy: Text } }

function groupOf(groups: readonly Described[], name: string | null | undefined): Group | null {
  const found = groups.find((group) => group.name === name)
  return found === undefined ? null : { label: found.label, strategy: found.guide.strategy }
}
