import type { CustomerFacts } from '../timeline/history.ts'
import { compileExpressionForRow } from './expression.ts'
import type { Run } from './expression-run.ts'
import type { FeatureMatrix } from './kernel.ts'
import { lifecycleOf } from './lifecycle.ts'
import type { Profile } from './profile.ts'
import { type Rfm, rfmOf } from './rfm.ts'
import {
  LAYER_INPUTS,
  type Layer,
  type LifecycleStage,
  type RfmClass,
  type SegmentPlan,
  testsOf,
} from './segment-plan.ts'
import { VALUE, valuesOf } from './value-level.ts'

export interface SegmentInput {
  readonly profile: Profile
  readonly plan: SegmentPlan
  readonly facts: readonly CustomerFacts[]
  readonly matrix: Pick<FeatureMatrix, 'index' | 'row'>
  /** How likely each is to leave, 0..1: a probability, or the cold-start score. NaN or nothing: not judged yet. */
  readonly risk?: ArrayLike<number>
  /** 1 where the customer has left as the profile defines it (signals/gone.ts), else 0; absent: judged by the last visit. */
  readonly gone?: ArrayLike<number>
  /** LTV from which a customer is of high value, minor units (risk/value.ts); absent: the top 30 %. */
  readonly highValueFrom?: number
}

/** Everyone's place, customer i of the timeline; 0 is "not known", else 1 + place in the plan. */
export interface Segments {
  readonly rfm: Rfm
  readonly lifecycle: Uint8Array
  /** Never 0: the last layer takes everyone. */
  readonly layer: Uint8Array
  /** 0 low, 1 mid, 2 high; 255 not known. */
  readonly value: Uint8Array
  rfmClass(customer: number): RfmClass | null
  stage(customer: number): LifecycleStage | null
  layerOf(customer: number): Layer
}

/** Sorts everyone into RFM classes, lifecycle stages and operating layers. Pure; 100k customers take well under a second. */
export function segmentsOf(input: SegmentInput): Segments {
  const { plan, facts } = input
  const numbers = numbersOf(input)
  const rfm = rfmOf(numbers, plan.rfm)
  const lifecycle = Uint8Array.from(facts, (_, customer) =>
    lifecycleOf(numbers.tenure[customer]!, plan.lifecycle),
  )
  const value = valuesOf(input)
  // Nobody's layer depends on anyone else's: those are told that are asked for.
  const layerAt = layering(input, numbers, rfm, value)
  let layers: Uint8Array | null = null
  return {
    rfm,
    lifecycle,
    get layer() {
      layers ??= Uint8Array.from(facts, (_, customer) => layerAt(customer))
      return layers
    },
    value,
    rfmClass: (customer) => plan.rfm.classes[rfm.class[customer]! - 1] ?? null,
    stage: (customer) => plan.lifecycle[lifecycle[customer]! - 1] ?? null,
    layerOf: (customer) => plan.layers[layerAt(customer) - 1]!,
  }
}

interface Numbers {
  readonly recency: Float64Array
  readonly frequency: Float64Array
  readonly monetary: Float64Array
  readonly tenure: Float64Array
  readonly missed: Float64Array
}

function numbersOf({ profile: { segments }, facts, matrix }: SegmentInput): Numbers {
  const column = (feature: string | undefined) => {
    const slot = feature === undefined ? undefined : matrix.index.get(feature)
    return Float64Array.from(facts, (_, customer) =>
      slot === undefined ? Number.NaN : matrix.row(customer)[slot]!,
    )
  }
  return {
    recency: column(segments?.recency),
    frequency: column(segments?.frequency),
    monetary: column(segments?.monetary),
    tenure: column(segments?.tenure ?? 'tenure_days'),
    missed: column('missed_beats'),
  }
}

/** 1 + place in the plan of a customer's layer. */
function layering(
  input: SegmentInput,
  numbers: Numbers,
  { r, f, m }: Rfm,
  value: Uint8Array,
): (customer: number) => number {
  const slots = new Map<string, number>(LAYER_INPUTS.map((name, slot) => [name, slot]))
  const tests = input.plan.layers.map((layer) =>
    testsOf(layer).map((source): Run => compileExpressionForRow(source, slots)),
  )
  const cells = new Float64Array(LAYER_INPUTS.length)
  const known = (fifth: number) => (fifth === 0 ? Number.NaN : fifth)
  return (customer) => {
    // In the order of LAYER_INPUTS.
    cells.set([
      value[customer] === VALUE.unknown ? Number.NaN : value[customer]!,
      known(r[customer]!),
      known(f[customer]!),
      known(m[customer]!),
      numbers.recency[customer]!,
      numbers.frequency[customer]!,
      numbers.monetary[customer]!,
      numbers.tenure[customer]!,
      numbers.missed[customer]!,
      input.gone?.[customer] ?? Number.NaN,
      input.profile.churn.inactiveDays,
      input.risk?.[customer] ?? Number.NaN,
    ])
    return 1 + tests.findIndex((own) => own.every((run) => run(cells, 0) === 1))
  }
}
