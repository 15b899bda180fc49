import { explainTrees } from '../../src/learning/tree-shap.ts'
import { type Figure, type Findings, figure, type Options } from '../figures.ts'
import { alternate, cpuSeconds, wallSeconds } from './alternate.ts'
import { type Size, startXgboost, type XgboostPeer } from './peers/xgboost.ts'

const WHOLE: Size = { trainRows: 20_000, rows: 1_000, trees: 300, depth: 6, columns: 36, seed: 1 }
const QUICK: Size = { trainRows: 1_500, rows: 60, trees: 20, depth: 4, columns: 36, seed: 1 }

/** TreeSHAP of a model that XGBoost learned, against XGBoost's own: the same numbers, and how much sooner. */
export async function explain({ quick, seed }: Options): Promise<Findings> {
  const size = { ...(quick ? QUICK : WHOLE), seed: Number(seed) || 1 }
  const peer = await startXgboost(size)
  if (typeof peer === 'string') return { figures: [], missing: [peer] }
  try {
    return { figures: await figuresOf(peer, size, quick ? 1 : 7) }
  } finally {
    peer.stop()
  }
}

async function figuresOf(peer: XgboostPeer, { rows, columns }: Size, rounds: number): Promise<Figure[]> {
  const preparing = performance.now()
  const explainer = explainTrees(peer.model)
  const prepared = performance.now() - preparing
  const phi = new Float64Array(columns)
  let worst = 0
  for (let row = 0; row < rows; row += 1) {
    explainer.explain(peer.rows, row * columns, phi)
    const theirs = peer.contribs.subarray(row * (columns + 1), (row + 1) * (columns + 1))
    for (let column = 0; column < columns; column += 1)
      worst = Math.max(worst, Math.abs(phi[column]! - theirs[column]!))
    worst = Math.max(worst, Math.abs(explainer.expected - theirs[columns]!))
  }
  const all = (): void => {
    for (let row = 0; row < rows; row += 1) explainer.explain(peer.rows, row * columns, phi)
  }
  const [cpu, theirCpu, wall, theirWall] = await alternate(rounds, [
    () => cpuSeconds(all),
    async () => (await peer.ask('contribs')).cpu,
    () => wallSeconds(all),
    async () => (await peer.ask('contribs')).wall,
  ])
  return [
    figure('explain.max_difference', worst, 'log-odds', '<=0.000002'),
    figure('explain.faster_than_xgboost', theirCpu! / cpu!, 'x', '>=2'),
    figure('explain.faster_than_xgboost_wall', theirWall! / wall!, 'x'),
    figure('explain.row', (cpu! / rows) * 1e6, 'us'),
    figure('explain.xgboost_row', (theirCpu! / rows) * 1e6, 'us'),
    figure('explain.prepare', prepared, 'ms'),
  ]
}
