import { FUNCTIONS } from './expression-functions.ts'
import type { BinaryOperator, Tree } from './expression-tree.ts'

/** Runs over a row of cells that starts at `base`. */
export type Run = (cells: ArrayLike<number>, base: number) => number

const UNKNOWN = Number.NaN

/** Turns a tree into closures; `slotOf` says where in the row a name's value lies. */
export function runnable(tree: Tree, slotOf: (name: string) => number): Run {
  switch (tree.type) {
    case 'number': {
      const { value } = tree
      return () => value
    }
    case 'name': {
      const slot = slotOf(tree.name)
      return (cells, base) => cells[base + slot]!
    }
    case 'negative': {
      const of = runnable(tree.of, slotOf)
      return (cells, base) => -of(cells, base)
    }
    case 'not': {
      const of = runnable(tree.of, slotOf)
      return (cells, base) => not(of(cells, base))
    }
    case 'binary': {
      const operate = OPERATORS[tree.operator]
      const left = runnable(tree.left, slotOf)
      const right = runnable(tree.right, slotOf)
      return (cells, base) => operate(left(cells, base), right(cells, base))
    }
    case 'call': {
      const { run } = FUNCTIONS.get(tree.call)!
      const args = tree.args.map((arg) => runnable(arg, slotOf))
      return (cells, base) => finite(run(args.map((arg) => arg(cells, base))))
    }
  }
}

const OPERATORS: Readonly<Record<BinaryOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => finite(a + b),
  '-': (a, b) => finite(a - b),
  '*': (a, b) => finite(a * b),
  '/': (a, b) => finite(a / b),
  '<': compare((a, b) => a < b),
  '<=': compare((a, b) => a <= b),
  '>': compare((a, b) => a > b),
  '>=': compare((a, b) => a >= b),
  '=': compare((a, b) => a === b),
  '!=': compare((a, b) => a !== b),
  and: (a, b) => (a === 0 || b === 0 ? 0 : unknown(a, b) ? UNKNOWN : 1),
  or: (a, b) => (isTrue(a) || isTrue(b) ? 1 : unknown(a, b) ? UNKNOWN : 0),
}

function compare(test: (a: number, b: number) => boolean): (a: number, b: number) => number {
  return (a, b) => (unknown(a, b) ? UNKNOWN : test(a, b) ? 1 : 0)
}

function not(value: number): number {
  return Number.isNaN(value) ? UNKNOWN : value === 0 ? 1 : 0
}

function unknown(a: number, b: number): boolean {
  return Number.isNaN(a) || Number.isNaN(b)
}

function isTrue(value: number): boolean {
  return value !== 0 && !Number.isNaN(value)
}

/** Infinity would compare as a very large number; what cannot be computed is unknown instead. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : UNKNOWN
}
