import { softplus } from '../model.ts'
import type { Table } from '../table.ts'
import { type Bins, encoded } from './bins.ts'
import { type TreeSheet, treeSheetOn } from './drawing.ts'
import { Ground } from './ground.ts'
import type { Grown } from './grow.ts'

/** Watches the loss on rows that are not learned from. */
export class Judge {
  /** The round after which the loss was least. */
  best = 0
  #least = Number.POSITIVE_INFINITY
  readonly #ground = new Ground()
  readonly #labels: Uint8Array
  readonly #bins: Bins
  readonly #raw: Float64Array
  readonly #seen: Uint8Array
  readonly #sheet: TreeSheet
  readonly #positiveWeight: number

  /** @param nodes most nodes of a tree */
  constructor(table: Table, edges: readonly Float32Array[], nodes: number, positiveWeight: number) {
    this.#labels = table.labels
    this.#bins = encoded(table, edges, this.#ground)
    this.#raw = this.#ground.doubles(table.rows)
    this.#seen = this.#ground.bytes(table.rows)
    this.#sheet = treeSheetOn(this.#ground, nodes)
    this.#positiveWeight = positiveWeight
  }

  /** Adds a tree; returns for how many rounds the loss has not fallen. */
  after({ drawing }: Grown, round: number): number {
    const { byRow, stride, rows } = this.#bins
    drawing.write(this.#sheet)
    const tree = this.#sheet.whole.byteOffset
    this.#ground.kernel.addOthers(
      this.#seen.byteOffset,
      0,
      rows,
      byRow.byteOffset,
      stride,
      tree,
      this.#raw.byteOffset,
    )
    let loss = 0
    for (let row = 0; row < rows; row += 1) {
      const raw = this.#raw[row]!
      loss += this.#labels[row] === 1 ? softplus(-raw) * this.#positiveWeight : softplus(raw)
    }
    if (loss < this.#least) {
      this.#least = loss
      this.best = round
    }
    return round - this.best
  }
}
