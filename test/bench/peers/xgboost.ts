import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { nextBelow } from '../../../src/learning/float32.ts'
import type { Tree, TreeModel } from '../../../src/learning/model.ts'
import { PACKAGE_ROOT } from '../../../src/paths.ts'

export interface Size {
  readonly trainRows: number
  readonly rows: number
  readonly trees: number
  readonly depth: number
  readonly columns: number
  readonly seed: number
}

/** Seconds that a piece of work took. */
export interface Took {
  readonly wall: number
  readonly cpu: number
}

/** XGBoost in a process of its own, with the model it learned and rows to try it on. */
export interface XgboostPeer {
  readonly model: TreeModel
  readonly rows: Float32Array
  /** Its log-odds of each row. */
  readonly margin: Float32Array
  /** Its `pred_contribs`: a row's contributions of all columns, then what it expects. */
  readonly contribs: Float32Array
  ask(request: string): Promise<Took>
  stop(): void
}

const PYTHON = '/usr/bin/python3'
const SCRIPT = join(PACKAGE_ROOT, 'test/bench/peers/xgboost_scoring.py')

/** Starts the peer; a sentence when it is not installed. */
export async function startXgboost(size: Size): Promise<XgboostPeer | string> {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-xgboost-'))
  const { trainRows, rows, trees, depth, columns, seed } = size
  const words = [trainRows, rows, trees, depth, columns, seed].map(String)
  const child = spawn(PYTHON, [SCRIPT, folder, ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_WAIT_POLICY: 'passive' },
  })
  let broken = ''
  child.on('error', (error) => {
    broken = error.message
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const said = async (): Promise<string> => {
    const { value, done } = await lines.next()
    return done ? `missing ${broken || 'python3-xgboost'}` : (value as string)
  }
  const stop = (): void => {
    child.stdin.end()
    rmSync(folder, { recursive: true, force: true })
  }
  const first = await said()
  if (!first.startsWith('ready')) {
    stop()
    return `peer not installed: XGBoost for ${PYTHON} (${first})`
  }
  return {
    model: modelOf(readFileSync(join(folder, 'model.json'), 'utf8')),
    rows: floats(join(folder, 'rows.f32')),
    margin: floats(join(folder, 'margin.f32')),
    contribs: floats(join(folder, 'contribs.f32')),
    ask: async (request) => {
      child.stdin.write(`${request}\n`)
      const [wall, cpu] = (await said()).split(' ').map(Number)
      return { wall: wall!, cpu: cpu! }
    },
    stop,
  }
}

function floats(file: string): Float32Array {
  const bytes = readFileSync(file)
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

interface Saved {
  readonly learner: {
    readonly learner_model_param: { readonly base_score: string; readonly num_feature: string }
    readonly gradient_booster: { readonly model: { readonly trees: readonly SavedTree[] } }
  }
}

interface SavedTree {
  readonly left_children: readonly number[]
  readonly right_children: readonly number[]
  readonly split_indices: readonly number[]
  /** A threshold; in a leaf, what it adds. */
  readonly split_conditions: readonly number[]
  readonly default_left: readonly (boolean | number)[]
  readonly sum_hessian: readonly number[]
}

/** A model as XGBoost saves it (`save_model` to JSON), as ours: it asks "less than" where we ask "at most". */
export function modelOf(json: string): TreeModel {
  const { learner } = JSON.parse(json) as Saved
  const share = Number(learner.learner_model_param.base_score)
  return {
    algorithm: 'gbdt',
    names: Array.from(
      { length: Number(learner.learner_model_param.num_feature) },
      (_, column) => `f${column}`,
    ),
    base: Math.log(share / (1 - share)),
    trees: learner.gradient_booster.model.trees.map(treeOf),
  }
}

function treeOf(saved: SavedTree): Tree {
  const isLeaf = (node: number): boolean => saved.left_children[node]! < 0
  const nodes = saved.left_children.map((_, node) => node)
  const { split_conditions: conditions, split_indices: features } = saved
  return {
    feature: Int32Array.from(nodes, (node) => (isLeaf(node) ? -1 : features[node]!)),
    threshold: Float32Array.from(nodes, (node) => (isLeaf(node) ? 0 : nextBelow(conditions[node]!))),
    unknownLeft: Uint8Array.from(saved.default_left, Number),
    left: Int32Array.from(saved.left_children),
    right: Int32Array.from(saved.right_children),
    value: Float32Array.from(nodes, (node) => (isLeaf(node) ? conditions[node]! : 0)),
    cover: Float64Array.from(saved.sum_hessian),
  }
}
