import { ForeshockError } from '../errors.ts'
import { explainerOf } from '../learning/explain.ts'
import type { LinearModel, Model } from '../learning/model.ts'
import { treesOf } from '../learning/onnx-read.ts'
import type { Sidecar } from '../learning/sidecar.ts'
import type { Explainer } from '../learning/tree-shap.ts'
import { text } from '../text.ts'
import { agrees, checkModel, checkShares } from './model-check.ts'
import { type ModelFiles, requireUntouched } from './model-files.ts'
import { type ModelScorer, openModel } from './model-scorer.ts'

/** A model in use: what it says, and why. */
export interface LearnedModel {
  readonly sidecar: Sidecar
  readonly scorer: ModelScorer
  /** Null: made elsewhere, and its file cannot be read as trees. */
  readonly model: Model | null
  /** Null where the model is: its scores come without reasons. */
  readonly explainer: Explainer | null
}

/**
 * Opens a model from what was read: a file, and the sidecar that was read for it, once the file has proved to give its
 * model's numbers. Close its scorer when it is done with.
 *
 * @throws BAD_INPUT when it is damaged; no model is then in use
 */
export async function openProven(files: ModelFiles): Promise<LearnedModel> {
  const { sidecar } = files
  requireUntouched(files, `${sidecar.name}.onnx`)
  const scorer = await openModel(files.file, `${sidecar.name}.onnx`, sidecar.features.length)
  try {
    const model = await provenModel(files, scorer)
    return { sidecar, scorer, model, explainer: model === null ? null : explainerOf(model) }
  } catch (error) {
    await scorer.close()
    throw error
  }
}

/** The model in a file, which the scorer has proved to compute; null where the file cannot be read as one. */
async function provenModel({ file, sidecar }: ModelFiles, scorer: ModelScorer): Promise<Model | null> {
  const { name, algorithm, features, linear, calibration } = sidecar
  const probe = probeRows(sidecar)
  if (algorithm === 'foreign') {
    await checkShares(scorer, probe, `${name}.onnx`)
    // Its trees may add up to log-odds or to a share; what they are is what the file's probabilities agree with.
    for (const meaning of ['gbdt', 'forest'] as const) {
      const model = treesOf(file, features, meaning)
      if (model !== null && (await agrees(scorer, model, probe))) return model
    }
    return null
  }
  const model = algorithm === 'logistic' ? linearOf(features, linear) : treesOf(file, features, algorithm)
  if (model === null)
    throw new ForeshockError(
      'BAD_INPUT',
      text(
        `文件 ${name}.onnx 里没有树，而它的说明写的是“${algorithm}”。`,
        `The file ${name}.onnx holds no trees, though its description says "${algorithm}".`,
      ),
      text(
        '别处做的模型请在说明里写 foreign，否则请重新训练。',
        'Describe a model made elsewhere as "foreign", or train again.',
      ),
    )
  await checkModel(scorer, model, calibration, probe, `${name}.onnx`)
  return model
}

function linearOf(names: readonly string[], linear: Sidecar['linear']): LinearModel | null {
  return linear === null ? null : { algorithm: 'logistic', names, ...linear }
}

const PROBES = 64

/** Rows of values the model has met, in mixed company, with unknown ones; the last is unknown altogether. */
function probeRows({ features, spread }: Sidecar): Float32Array {
  const width = features.length
  const rows = new Float32Array(PROBES * width).fill(Number.NaN)
  features.forEach((name, column) => {
    const edges = spread.features[name]?.edges ?? []
    for (let row = 0; row < PROBES - 1; row += 1) {
      const turn = (row * (2 * column + 1)) % (edges.length + 1)
      rows[row * width + column] = edges[turn] ?? Number.NaN
    }
  })
  return rows
}
