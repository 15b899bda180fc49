import { type Columns, firstFrom } from '../features/columns.ts'
import type { FeatureList } from '../features/feature-list.ts'
import { computeFeatures } from '../features/kernel.ts'
import { candidatesWith } from '../learning/candidates.ts'
import { type Learned, learnFrom, trainingsOf } from '../learning/choose.ts'
import { type Dataset, datasetOf, type Moment } from '../learning/dataset.ts'
import { type Binned, binned, MOVED, psi } from '../learning/drift.ts'
import { columnsOf, examplesOfTable } from '../learning/examples.ts'
import { onGrid } from '../learning/grid.ts'
import { rawScores } from '../learning/importance.ts'
import { footstepsOf, silentFor, whoCanLeave } from '../learning/leaving.ts'
import { metricsOf, positivesOf } from '../learning/metrics.ts'
import type { Model } from '../learning/model.ts'
import { onnxOf } from '../learning/onnx.ts'
import { probabilityOf } from '../learning/probability.ts'
import { type Sidecar, sidecarSchema } from '../learning/sidecar.ts'
import type { TooEarly } from '../learning/slices.ts'
import { rowsOf, type Table } from '../learning/table.ts'
import { type Helpers, NOBODY } from '../learning/trees/crew.ts'
import { DEFAULT_BANDS } from '../risk/bands.ts'
import { sha256 } from '../risk/model-files.ts'
import type { Tested } from './trial.ts'

/** What a training gives: a model as it is kept, and the cases it was tested on. */
export interface Lesson {
  readonly onnx: Uint8Array
  readonly sidecar: Sidecar
  readonly learned: Learned
  readonly tested: Tested
  /** Some of the rows, as the model reads them, to prove the file by. */
  readonly sample: Table
}

export interface Teaching {
  readonly list: FeatureList
  readonly columns: Columns
  readonly now: Date
  /** Cases that people took for no risk, as of when each was opened. */
  readonly dismissed?: readonly Dismissed[]
  readonly seed: number
  /** Of the program, for the model's papers. */
  readonly version: string
  /** Absent: the caller's thread does all itself. */
  readonly helpers?: Helpers
  readonly progress?: (share: number) => void
  readonly signal?: AbortSignal
}

export interface Dismissed {
  readonly customer: string
  /** Milliseconds. */
  readonly at: number
}

/** Days a forecast looks ahead. */
const HORIZON_DAYS = 60
const SAMPLE = 512
const BINS = 10
const FEWEST_FEATURES = 8

/** Learns a model from a company's own history: dated examples, the best candidate, calibrated, tested on later months. */
export async function teach(teaching: Teaching): Promise<Lesson | TooEarly> {
  const { list, columns, now, seed, helpers = NOBODY, progress, signal } = teaching
  const also = momentsOf(teaching)
  const whole = datasetOf(list, columns, now.getTime(), { horizonDays: HORIZON_DAYS, also })
  if ('reason' in whole) return whole
  const dataset = steadyOnly(whole, teaching)
  const known = new Map(list.profile.monotone?.map(({ feature, risk }) => [feature, risk]))
  const monotone = (feature: string) => {
    const risk = known.get(feature)
    return risk === undefined ? 0 : risk === 'rises' ? 1 : -1
  }
  const choosing = {
    candidates: candidatesWith(helpers.hire),
    threads: helpers.threads,
    ...{ seed, monotone },
    ...(signal === undefined ? {} : { signal }),
  }
  const steps = trainingsOf(choosing)
  let done = 0
  const raw = await learnFrom(dataset.examples, dataset.training, {
    ...choosing,
    trained: () => {
      done += 1
      progress?.(Math.min(1, done / steps))
    },
  })
  const learned = { ...raw, model: exact(raw.model) }
  const onnx = onnxOf(learned.model, learned.calibration)
  const tested = testedOn(dataset, learned, teaching)
  return {
    onnx,
    sidecar: sidecarOf(teaching, dataset, learned, onnx, tested),
    learned,
    tested,
    sample: learned.table(dataset.training.slice(0, SAMPLE)),
  }
}

/** Where the customers of dismissed cases stood when those were opened; what became of them is looked up like everyone's. */
function momentsOf({ columns, dismissed = [] }: Teaching): Moment[] {
  const places = new Map(columns.facts.map(({ id }, place) => [id, place]))
  return dismissed.flatMap(({ customer, at }) => {
    const place = places.get(customer)
    return place === undefined ? [] : [{ customer: place, asOf: at }]
  })
}

/** Sums that come out the same in any order: the file then gives the trainer's very numbers. */
function exact(model: Model): Model {
  return model.algorithm === 'logistic' ? model : onGrid(model)
}

/**
 * Without the features that no longer mean what they meant: sums since the beginning grow with the company's history, and what
 * was learned of last year's numbers says little of this year's. All of them where hardly any would be left.
 */
function steadyOnly(dataset: Dataset, { list, columns, now }: Teaching): Dataset {
  const today = computeFeatures(list, columns, now.getTime())
  const here = whoCanLeave(columns, now.getTime(), list.profile)
  const taught = rowsOf(dataset.table, dataset.training)
  const steady = taught.names.filter((name, at) => {
    const before = spreadOf(columnAt(taught, at))
    const column = today.index.get(name)!
    const after = here.map((customer) => Math.fround(today.row(customer)[column]!))
    return psi(before, binned(after, before.edges)) < MOVED.much
  })
  const table = columnsOf(dataset.table, steady.length < FEWEST_FEATURES ? taught.names : steady)
  // Without dates: chosen over all months models rank better than by the newest alone (docs/decisions.md).
  return { ...dataset, table, examples: examplesOfTable(table, dataset.customers) }
}

function testedOn(
  { test, customers, asOf, table }: Dataset,
  learned: Learned,
  { columns, list: { profile } }: Teaching,
): Tested {
  return {
    customers: Array.from(test, (row) => columns.facts[customers[row]!]!.id),
    horizonDays: HORIZON_DAYS,
    silentDays: Float64Array.from(test, (row) =>
      silentFor(footstepsOf(columns, customers[row]!, profile), asOf[row]!),
    ),
    asOf: Float64Array.from(test, (row) => asOf[row]!),
    labels: Uint8Array.from(test, (row) => table.labels[row]!),
    probability: probabilities(learned, learned.table(test)),
  }
}

function probabilities({ model, calibration }: Learned, table: Table): Float64Array {
  return rawScores(model, table).map((raw) => probabilityOf(model, calibration, raw))
}

function sidecarOf(
  { list: { profile }, now, seed, version }: Teaching,
  dataset: Dataset,
  learned: Learned,
  onnx: Uint8Array,
  tested: Tested,
): Sidecar {
  const { model, calibration } = learned
  const taught = learned.table(dataset.training)
  const apart = new Set(dataset.also)
  const sliced = dataset.training.filter((row) => !apart.has(row))
  const dates = (rows: ArrayLike<number>) =>
    [...new Set(Array.from(rows, (row) => dataset.asOf[row]!))]
      .sort((a, b) => a - b)
      .map((at) => new Date(at).toISOString())
  const { auc, prAuc, brier, top, calibrationGap } = metricsOf(tested.probability, tested.labels)
  const metrics = { auc, prAuc, brier, recallAtTenth: top.recall, liftAtTenth: top.lift, calibrationGap }
  return sidecarSchema.parse({
    format: 1,
    name: `${profile.name}-${now.toISOString().slice(0, 10)}`,
    sha256: sha256(onnx),
    profile: { name: profile.name, version: profile.version },
    algorithm: model.algorithm,
    features: model.names,
    linear: model.algorithm === 'logistic' ? { base: model.base, terms: model.terms } : null,
    calibration,
    label: {
      inactiveDays: profile.churn.inactiveDays,
      kinds: profile.churn.kinds,
      cancelled: profile.churn.cancelled ?? null,
      horizonDays: HORIZON_DAYS,
      gapDays: 0,
    },
    asOf: { learned: dates(sliced), tested: dates(dataset.test) },
    spread: {
      features: Object.fromEntries(taught.names.map((name, at) => [name, spreadOf(columnAt(taught, at))])),
      score: betweenValues(probabilities(learned, taught)),
    },
    // With no later months to test on, nothing is known of these.
    metrics: Object.fromEntries(Object.entries(metrics).filter(([, value]) => Number.isFinite(value))),
    thresholds: { ...DEFAULT_BANDS },
    seed,
    dataHash: sha256(taught.values),
    rows: {
      ...{ learned: taught.rows, left: positivesOf(taught.labels) },
      ...(dataset.also.length === 0
        ? {}
        : {
            dismissed: {
              rows: dataset.also.length,
              left: positivesOf(dataset.also.map((row) => dataset.table.labels[row]!)),
            },
          }),
    },
    createdAt: now.toISOString(),
    madeBy: version,
  })
}

function columnAt({ values, names, rows }: Table, at: number): Float32Array {
  return Float32Array.from({ length: rows }, (_, row) => values[row * names.length + at]!)
}

/** Bins of about equal size; equal values are never parted. */
function spreadOf(values: ArrayLike<number>): Binned {
  return binned(values, edgesOf(sortedKnown(values)))
}

/**
 * The same, with edges half-way to the next smaller value. Calibrated scores come in steps, and the file gives each in
 * single precision: on the edge itself a whole step would fall to either side.
 */
function betweenValues(values: ArrayLike<number>): Binned {
  const known = sortedKnown(values)
  const edges = edgesOf(known).map((edge) => {
    const below = known[firstFrom(known, 0, known.length, edge) - 1]!
    return below + (edge - below) / 2
  })
  return binned(values, edges)
}

function sortedKnown(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(Array.from(values).filter((value) => !Number.isNaN(value))).sort()
}

function edgesOf(known: Float64Array): number[] {
  const edges = new Set<number>()
  for (let bin = 1; bin < BINS; bin += 1) {
    const edge = known[Math.floor((bin * known.length) / BINS)]
    if (edge !== undefined && edge > known[0]!) edges.add(edge)
  }
  return [...edges]
}
