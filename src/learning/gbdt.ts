import type { Tree, TreeModel } from './model.ts'
import type { Table } from './table.ts'
import type { Trainer, Training } from './trainer.ts'
import { binned } from './trees/bins.ts'
import { Boost, fieldOn, nodesOf } from './trees/boost.ts'
import { breath } from './trees/breath.ts'
import { chanceOf } from './trees/chance.ts'
import { alone, type Hire } from './trees/crew.ts'
import { Ground } from './trees/ground.ts'
import { Judge } from './trees/judge.ts'
import { rowsOn } from './trees/rows.ts'
import { mustTeach } from './trees/teachable.ts'

/** Settings of gradient boosting; what is not given has the default. */
export interface GbdtSettings {
  /** Trees, at most. */
  readonly rounds: number
  /** Splits from a root to a leaf, at most. */
  readonly depth: number
  /** Given: trees grow leaf by leaf, the best first, to this many. */
  readonly leaves?: number
  /** Share of a tree that is added. */
  readonly learningRate: number
  /** Pulls leaves towards 0. */
  readonly lambda: number
  /** Least sum of hessians in a leaf. */
  readonly minChildWeight: number
  /** Share of the rows each tree sees. */
  readonly subsample: number
  /** Share of the columns each tree sees. */
  readonly columnShare: number
  /** With rows to stop on: so many rounds without a smaller loss end the training, and the best round stands. */
  readonly earlyStop: number
}

const DEFAULTS: GbdtSettings = {
  rounds: 300,
  depth: 6,
  learningRate: 0.1,
  lambda: 1,
  minChildWeight: 1,
  subsample: 0.8,
  columnShare: 0.8,
  earlyStop: 30,
}

/**
 * Gradient boosting on the logistic loss. It starts at even odds, not at the share of those who left: where few leave, the
 * first trees would otherwise take strides too long to mend, and later rows were ranked worse (AUC by 0.002).
 *
 * @param hire gathers the threads a training asks for; without it all is done in the caller's
 */
export function gbdtWith(changed: Partial<GbdtSettings>, hire: Hire = alone): Trainer {
  const settings = { ...DEFAULTS, ...changed }
  return { algorithm: 'gbdt', train: (table, training) => boosted(table, training, settings, hire) }
}

export const gbdt: Trainer = gbdtWith({})

async function boosted(
  table: Table,
  training: Training,
  settings: GbdtSettings,
  hire: Hire,
): Promise<TreeModel> {
  mustTeach(table, training)
  const { positiveWeight = 1, threads = 1, stopOn, monotone } = training
  const { depth, leaves, learningRate, subsample, columnShare, lambda, minChildWeight } = settings
  const chance = chanceOf(training.seed)
  const ground = new Ground()
  const bins = binned(table, chance, ground)
  const shape = { depth, leaves, shrink: learningRate }
  const nodes = nodesOf(shape, table.rows)
  const judge = stopOn && new Judge(stopOn, bins.edges, nodes, positiveWeight)
  const rows = rowsOn(ground, table.rows)
  const crew = await hire(fieldOn(ground, bins, rows, shape), threads)
  try {
    const manner = {
      shape,
      positiveWeight,
      subsample,
      columnShare,
      lambda,
      minWeight: minChildWeight,
      monotone,
    }
    const boost = new Boost(ground, bins, rows, crew, manner, chance, table.labels)
    const trees = await rounds(boost, judge, bins.edges, training, settings)
    return { algorithm: 'gbdt', names: table.names, base: 0, trees }
  } finally {
    await crew.dismiss()
  }
}

/** Grows tree after tree; with a judge, those up to the best round are kept. */
async function rounds(
  boost: Boost,
  judge: Judge | undefined,
  edges: readonly Float32Array[],
  { signal, progress }: Training,
  settings: GbdtSettings,
): Promise<Tree[]> {
  const trees: Tree[] = []
  for (let round = 0; round < settings.rounds; round += 1) {
    signal?.throwIfAborted()
    const grown = boost.round()
    trees.push(grown.drawing.tree(edges))
    progress?.((round + 1) / settings.rounds)
    if (judge !== undefined && judge.after(grown, round) >= settings.earlyStop) break
    await breath()
  }
  return judge === undefined ? trees : trees.slice(0, judge.best + 1)
}
