import type { Tree } from '../model.ts'
import { thresholdOf, UNKNOWN } from './bins.ts'
import type { Ground } from './ground.ts'
import type { Split } from './split.ts'

const NODE_WORDS = 8
const NO_CODE = 256

/** Room for a tree as the kernel reads it, seen as words and as doubles. */
export interface TreeSheet {
  readonly whole: Uint32Array
  readonly doubles: Float64Array
}

export function treeSheetOn(ground: Ground, nodes: number): TreeSheet {
  const whole = ground.whole(nodes * NODE_WORDS)
  return { whole, doubles: new Float64Array(ground.memory.buffer, whole.byteOffset, nodes * 4) }
}

/** A tree while it grows: it knows bins besides thresholds, so that binned rows find their leaf. */
export class Drawing {
  readonly #feature: number[] = []
  readonly #bin: number[] = []
  readonly #unknownLeft: number[] = []
  readonly #left: number[] = []
  readonly #right: number[] = []
  readonly #value: number[] = []
  readonly #cover: number[] = []

  /** A new leaf; returns its number. The value is rounded to float32 at once: what training adds is what the model adds. */
  leaf(value: number, cover: number): number {
    this.#feature.push(-1)
    this.#bin.push(0)
    this.#unknownLeft.push(0)
    this.#left.push(0)
    this.#right.push(0)
    this.#value.push(Math.fround(value))
    this.#cover.push(cover)
    return this.#feature.length - 1
  }

  /** Makes a leaf an inner node. */
  split(node: number, { column, bin, unknownLeft }: Split, left: number, right: number): void {
    this.#feature[node] = column
    this.#bin[node] = bin
    this.#unknownLeft[node] = unknownLeft ? 1 : 0
    this.#left[node] = left
    this.#right[node] = right
    this.#value[node] = 0
  }

  valueOf(node: number): number {
    return this.#value[node]!
  }

  /** Writes the tree as the kernel reads it (addOthers). */
  write({ whole, doubles }: TreeSheet): void {
    this.#feature.forEach((column, node) => {
      const at = node * NODE_WORDS
      whole[at] = column
      whole[at + 1] = this.#bin[node]!
      whole[at + 2] = this.#unknownLeft[node] === 1 ? UNKNOWN : NO_CODE
      whole[at + 3] = this.#left[node]! * NODE_WORDS * 4
      whole[at + 4] = this.#right[node]! * NODE_WORDS * 4
      doubles[node * 4 + 3] = this.#value[node]!
    })
  }

  tree(edges: readonly Float32Array[]): Tree {
    return {
      feature: Int32Array.from(this.#feature),
      threshold: Float32Array.from(this.#feature, (column, node) =>
        column < 0 ? 0 : thresholdOf(edges[column]!, this.#bin[node]!),
      ),
      unknownLeft: Uint8Array.from(this.#unknownLeft),
      left: Int32Array.from(this.#left),
      right: Int32Array.from(this.#right),
      value: Float32Array.from(this.#value),
      cover: Float64Array.from(this.#cover),
    }
  }
}
