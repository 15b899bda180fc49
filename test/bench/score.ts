import { InferenceSession, Tensor } from 'onnxruntime-node'
import { onnxOf } from '../../src/learning/onnx.ts'
import { checkModel } from '../../src/risk/model-check.ts'
import { type ModelScorer, openBulk, openModel } from '../../src/risk/model-scorer.ts'
import { type Figure, type Findings, figure, type Options } from '../figures.ts'
import { alternate, cpuSeconds, wallSeconds } from './alternate.ts'
import { type Size, startXgboost, type XgboostPeer } from './peers/xgboost.ts'

const WHOLE = { trainRows: 20_000, rows: 50_000, trees: 300, depth: 6, columns: 36, single: 2000, rounds: 7 }
const QUICK = { trainRows: 1_500, rows: 600, trees: 20, depth: 4, columns: 36, single: 10, rounds: 1 }

/**
 * One model, learned by XGBoost and written as our ONNX file: a row at a time, and all rows, each by both. A row alone goes
 * to `predict(DMatrix(row))`, as a service would write it, with XGBoost's own settings; `in_place` is its shortest way, one
 * thread and no checks. In bulk all have one thread, and CPU seconds count: our own code
 * (openBulk), the ONNX file, and XGBoost.
 */
export async function score({ quick, seed }: Options): Promise<Findings> {
  const size = { ...(quick ? QUICK : WHOLE), seed: Number(seed) || 1 }
  const peer = await startXgboost(size)
  if (typeof peer === 'string') return { figures: [], missing: [peer] }
  const file = onnxOf(peer.model, null)
  const session = await InferenceSession.create(file, { intraOpNumThreads: 1, interOpNumThreads: 1 })
  const scorer = await openModel(file, 'bench.onnx', size.columns)
  const own = openBulk(peer.model, null)
  try {
    await checkModel(scorer, peer.model, null, peer.rows.subarray(0, 500 * size.columns), 'bench.onnx')
    return { figures: await figuresOf(peer, { session, scorer, own }, size) }
  } finally {
    await scorer.close()
    await own.close()
    await session.release()
    peer.stop()
  }
}

async function figuresOf(
  peer: XgboostPeer,
  { session, scorer, own }: { session: InferenceSession; scorer: ModelScorer; own: ModelScorer },
  { rows, columns, single, rounds }: Size & { single: number; rounds: number },
): Promise<Figure[]> {
  const row = (index: number): Float32Array => peer.rows.subarray(index * columns, (index + 1) * columns)
  const bySession = async (): Promise<void> => {
    for (let index = 0; index < single; index += 1)
      await session.run({ X: new Tensor('float32', row(index), [1, columns]) }, ['probability'])
  }
  const byThread = async (): Promise<void> => {
    for (let index = 0; index < single; index += 1) await scorer.score(row(index), 1)
  }
  await bySession()
  await byThread()
  // Rows alone and rows in bulk apart: after a bulk run nothing of a row alone is in the caches.
  const [one, theirOne, theirInPlace, threaded] = await alternate(rounds, [
    () => wallSeconds(bySession),
    async () => (await peer.ask(`one ${single}`)).wall,
    async () => (await peer.ask(`one-in-place ${single}`)).wall,
    () => wallSeconds(byThread),
  ])
  const [bulk, ownBulk, theirBulk] = await alternate(rounds, [
    () => cpuSeconds(() => scorer.score(peer.rows, rows)),
    () => cpuSeconds(() => own.score(peer.rows, rows)),
    async () => (await peer.ask('bulk')).cpu,
  ])
  const { probability } = await scorer.score(peer.rows, rows)
  const worst = peer.margin.reduce(
    (top, margin, index) => Math.max(top, Math.abs(probability[index]! - 1 / (1 + Math.exp(-margin)))),
    0,
  )
  const micro = (seconds: number, count: number): number => (seconds / count) * 1e6
  return [
    figure('score.max_difference', worst, 'probability', '<=0.000005'),
    figure('score.one.faster_than_xgboost', theirOne! / one!, 'x', '>=2.5'),
    figure('score.one.faster_than_xgboost_in_place', theirInPlace! / one!, 'x'),
    figure('score.one.in_thread_faster_than_xgboost', theirOne! / threaded!, 'x'),
    figure('score.one', micro(one!, single), 'us'),
    figure('score.one.in_thread', micro(threaded!, single), 'us'),
    figure('score.one.xgboost', micro(theirOne!, single), 'us'),
    figure('score.one.xgboost_in_place', micro(theirInPlace!, single), 'us'),
    figure('score.bulk.rows_per_cpu_second', rows / ownBulk!, 'rows/cpu-s'),
    figure('score.bulk.onnx_rows_per_cpu_second', rows / bulk!, 'rows/cpu-s'),
    figure('score.bulk.xgboost_rows_per_cpu_second', rows / theirBulk!, 'rows/cpu-s'),
    figure('score.bulk.faster_than_xgboost', theirBulk! / ownBulk!, 'x'),
    figure('score.bulk.faster_than_onnx', bulk! / ownBulk!, 'x'),
  ]
}
