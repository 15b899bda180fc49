import type { Facts } from '../timeline/history.ts'
import { compileExpressionForRow } from './expression.ts'
import type { Run } from './expression-run.ts'
import type { FeatureMatrix } from './kernel.ts'
import { lifecycleOf } from './lifecycle.ts'
import { roomFor } from './memory.ts'
import { inOneGo, type Pieces, pieceByPiece } from './pieces.ts'
import type { Profile } from './profile.ts'
import { type Rfm, rfmInPieces } from './rfm.ts'
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
  readonly facts: Facts
  readonly matrix: Pick<FeatureMatrix, 'index' | 'names' | 'values'>
  /** How likely each is to leave, 0..1: a probability, or the cold-start score. NaN or nothing: not judged yet. */
  readonly risk?: ArrayLike<number>
  /** 1 where the customer has left as the profile defines it (signals/gone.ts), else 0; absent: judged by the last visit. */
  readonly gone?: ArrayLike<number>
  /** LTV from which a customer is of high value, minor units (risk/value.ts); absent: the top 30 %. */
  readonly highValueFrom?: number
}

/** How everyone is sorted, customer i of the timeline; 0 is "not known", else 1 + place in the plan. */
export interface SegmentTables {
  readonly rfm: Rfm
  readonly lifecycle: Uint8Array
  /** 0 low, 1 mid, 2 high; 255 not known. */
  readonly value: Uint8Array
}

/** Everyone's place. */
export interface Segments extends SegmentTables {
  /** Never 0: the last layer takes everyone. */
  readonly layer: Uint8Array
  rfmClass(customer: number): RfmClass | null
  stage(customer: number): LifecycleStage | null
  layerOf(customer: number): Layer
  /** The layer of someone judged: how likely they are to leave, and whether they have left. */
  layerWith(customer: number, risk: number, gone: boolean): Layer
}

/** Sorts everyone into RFM classes, lifecycle stages and operating layers. Pure; 100k customers take well under a second. */
export function segmentsOf(input: SegmentInput): Segments {
  return inOneGo(sorting(input))
}

/** The same, giving the event loop its turn between pieces of a few milliseconds. */
export function segmentsInSteps(input: SegmentInput): Promise<Segments> {
  return pieceByPiece(sorting(input))
}

function* sorting(input: SegmentInput): Pieces<Segments> {
  const { plan, facts } = input
  const numbers = yield* numbersOf(input)
  const rfm = yield* rfmInPieces(numbers, plan.rfm)
  yield
  const lifecycle = roomFor(Uint8Array, facts.length)
  for (let customer = 0; customer < lifecycle.length; customer += 1) {
    if (customer % STEP === STEP - 1) yield
    lifecycle[customer] = lifecycleOf(numbers.tenure[customer]!, plan.lifecycle)
  }
  yield
  const value = yield* valuesOf(input)
  yield
  return segmentsOver(input, { rfm, lifecycle, value })
}

/** The same of everyone who is sorted already, as a thread is handed it. */
export function segmentsOver(
  input: Pick<SegmentInput, 'profile' | 'plan' | 'matrix' | 'risk' | 'gone'>,
  { rfm, lifecycle, value }: SegmentTables,
): Segments {
  const { plan } = input
  // Nobody's layer depends on anyone else's: those are told that are asked for.
  const layerAt = layering(input, rfm, value)
  const layerOf = (customer: number) =>
    layerAt(customer, input.risk?.[customer] ?? Number.NaN, input.gone?.[customer] ?? Number.NaN)
  let layers: Uint8Array | null = null
  return {
    rfm,
    lifecycle,
    get layer() {
      layers ??= Uint8Array.from(lifecycle, (_, customer) => layerOf(customer))
      return layers
    },
    value,
    rfmClass: (customer) => plan.rfm.classes[rfm.class[customer]! - 1] ?? null,
    stage: (customer) => plan.lifecycle[lifecycle[customer]! - 1] ?? null,
    layerOf: (customer) => plan.layers[layerOf(customer) - 1]!,
    layerWith: (customer, risk, gone) => plan.layers[layerAt(customer, risk, gone ? 1 : 0) - 1]!,
  }
}

interface Numbers {
  readonly recency: Float64Array
  readonly frequency: Float64Array
  readonly monetary: Float64Array
  readonly tenure: Float64Array
}

/** Customers read between two looks at the event loop. */
const STEP = 20_000

/** Columns of the features that customers are sorted by; -1: the profile has none. */
function slotsOf({
  profile: { segments },
  matrix: { index },
}: Pick<SegmentInput, 'profile' | 'matrix'>): number[] {
  const tenure = segments?.tenure ?? 'tenure_days'
  return [segments?.recency, segments?.frequency, segments?.monetary, tenure, 'missed_beats'].map((name) =>
    name === undefined ? -1 : (index.get(name) ?? -1),
  )
}

function* numbersOf({ profile, facts, matrix }: SegmentInput): Pieces<Numbers> {
  // Who is late is told by the layers alone, of those who are asked for.
  const slots = slotsOf({ profile, matrix }).slice(0, 4)
  const columns = slots.map((slot) => ({ slot, values: roomFor(Float64Array, facts.length) }))
  for (const { slot, values } of columns) {
    if (slot >= 0) continue
    values.fill(Number.NaN)
    yield
  }
  const known = columns.filter(({ slot }) => slot >= 0)
  const width = matrix.names.length
  // Row by row: each is fetched from memory once.
  for (let customer = 0, first = 0; customer < facts.length; customer += 1, first += width) {
    for (const { slot, values } of known) values[customer] = matrix.values[first + slot]!
    if (customer % STEP === STEP - 1) yield
  }
  const [recency, frequency, monetary, tenure] = columns.map(({ values }) => values)
  return { recency: recency!, frequency: frequency!, monetary: monetary!, tenure: tenure! }
}

/** 1 + place in the plan of a customer's layer. */
function layering(
  input: Pick<SegmentInput, 'profile' | 'plan' | 'matrix'>,
  { r, f, m }: Rfm,
  value: Uint8Array,
): (customer: number, risk: number, gone: number) => number {
  const columns = slotsOf(input)
  const { values, names } = input.matrix
  const width = names.length
  const slots = new Map<string, number>(LAYER_INPUTS.map((name, slot) => [name, slot]))
  const tests = input.plan.layers.map((layer) =>
    testsOf(layer).map((source): Run => compileExpressionForRow(source, slots)),
  )
  const cells = new Float64Array(LAYER_INPUTS.length)
  const known = (fifth: number) => (fifth === 0 ? Number.NaN : fifth)
  return (customer, risk, gone) => {
    // In the order of LAYER_INPUTS.
    cells[0] = value[customer] === VALUE.unknown ? Number.NaN : value[customer]!
    cells[1] = known(r[customer]!)
    cells[2] = known(f[customer]!)
    cells[3] = known(m[customer]!)
    for (let at = 0; at < columns.length; at += 1) {
      const slot = columns[at]!
      cells[4 + at] = slot < 0 ? Number.NaN : values[customer * width + slot]!
    }
    cells[9] = gone
    cells[10] = input.profile.churn.inactiveDays
    cells[11] = risk
    return 1 + tests.findIndex((own) => own.every((run) => run(cells, 0) === 1))
  }
}
