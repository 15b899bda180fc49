import { createHash } from 'node:crypto'
import { type Model, rawScore } from '../../src/learning/model.ts'
import type { Table } from '../../src/learning/table.ts'

/** Raw score of every row. */
export function scoresOf(model: Model, { rows, values, names }: Table): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => rawScore(model, values, row * names.length))
}

/** Share of pairs of one who left and one who stayed in which the former scores higher; level pairs count half. */
export function auc(scores: Float64Array, labels: Uint8Array): number {
  const order = new Uint32Array(scores.length).map((_, at) => at).sort((a, b) => scores[a]! - scores[b]!)
  let won = 0
  let stayed = 0
  for (let at = 0; at < order.length; ) {
    let end = at
    let [left, level] = [0, 0]
    for (; end < order.length && scores[order[end]!] === scores[order[at]!]; end += 1) {
      if (labels[order[end]!] === 1) left += 1
      else level += 1
    }
    won += left * (stayed + level / 2)
    stayed += level
    at = end
  }
  return won / (stayed * (scores.length - stayed))
}

/** A digest of every bit of a model. */
export function bytesOf(model: Model): string {
  if (model.algorithm === 'logistic') throw new Error('A model of trees, please.')
  const hash = createHash('sha256')
    .update(new Float64Array([model.base]))
    .update(model.names.join('\n'))
  for (const tree of model.trees) {
    for (const column of [
      tree.feature,
      tree.threshold,
      tree.unknownLeft,
      tree.left,
      tree.right,
      tree.value,
      tree.cover,
    ])
      hash.update(column)
  }
  return hash.digest('hex')
}
