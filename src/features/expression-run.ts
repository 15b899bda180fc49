import { FUNCTIONS } from './expression-functions.ts'
import type { BinaryOperator, Tree } from './expression-tree.ts'
import { madeFrom } from './generated-code.ts'

/** Runs over a row of cells that starts at `base`. */
export type Run = (cells: ArrayLike<number>, base: number) => number

/** Runs over rows `from..to` of `width` cells each, writing results into them. */
export type RunOverRows = (cells: Float64Array, width: number, from: number, to: number) => void

/** Turns a tree into code that reads names at their slots. */
export function runnable(tree: Tree, slotOf: (name: string) => number): Run {
  return madeFrom(`return (cells, base) => { let t = 0; return ${codeOf(tree, slotOf)} }`, CALLED)
}

/** Turns trees into one loop that writes each tree's value at its slot, in order: each may read those above it. */
export function runnableOverRows(
  all: readonly { readonly slot: number; readonly tree: Tree }[],
  slotOf: (name: string) => number,
): RunOverRows {
  const lines = all.map(({ slot, tree }) => `cells[base + ${slot}] = ${codeOf(tree, slotOf)};`)
  return madeFrom(
    `return (cells, width, from, to) => {
    let t = 0
    for (let row = from, base = from * width; row < to; row += 1, base += width) {
      ${lines.join('\n')}
    }
  }`,
    CALLED,
  )
}

const OPERATORS: Readonly<Record<Exclude<BinaryOperator, '+' | '-' | '*' | '/'>, string>> = {
  '<': 'less',
  '<=': 'atMost',
  '>': 'more',
  '>=': 'atLeast',
  '=': 'same',
  '!=': 'other',
  and: 'both',
  or: 'either',
}

/** What generated code calls by name. */
const CALLED: ReadonlyMap<string, (...args: number[]) => number> = new Map(
  Object.entries({
    less: compare((a, b) => a < b),
    atMost: compare((a, b) => a <= b),
    more: compare((a, b) => a > b),
    atLeast: compare((a, b) => a >= b),
    same: compare((a, b) => a === b),
    other: compare((a, b) => a !== b),
    both: (a, b) => (a === 0 || b === 0 ? 0 : unknown(a!, b!) ? Number.NaN : 1),
    either: (a, b) => (isTrue(a!) || isTrue(b!) ? 1 : unknown(a!, b!) ? Number.NaN : 0),
    not: (value) => (Number.isNaN(value) ? Number.NaN : value === 0 ? 1 : 0),
    ...Object.fromEntries([...FUNCTIONS].map(([name, { run }]) => [calledName(name), run])),
  }),
)

/**
 * Writes a checked tree as code: numbers, slots and names made here; words of the expression do not get into it.
 * `t` holds one result at a time, for the look whether it is finite.
 */
function codeOf(tree: Tree, slotOf: (name: string) => number): string {
  const inner = (part: Tree): string => codeOf(part, slotOf)
  switch (tree.type) {
    case 'number':
      return `${tree.value}`
    case 'name':
      return `cells[base + ${slotOf(tree.name)}]`
    case 'negative':
      return `(-(${inner(tree.of)}))`
    case 'not':
      return `not(${inner(tree.of)})`
    case 'binary': {
      const [left, right] = [inner(tree.left), inner(tree.right)]
      switch (tree.operator) {
        case '+':
        case '-':
        case '*':
        case '/':
          return finite(`${left} ${tree.operator} ${right}`)
        default:
          return `${OPERATORS[tree.operator]}(${left}, ${right})`
      }
    }
    case 'call':
      return finite(`${calledName(tree.call)}(${tree.args.map(inner).join(', ')})`)
  }
}

/** Infinity would compare as a very large number; what cannot be computed is unknown instead. */
function finite(code: string): string {
  return `((t = ${code}) - t === 0 ? t : NaN)`
}

/** Names of functions are a closed list, but `if` is a word of the language the code is in. */
function calledName(name: string): string {
  if (!FUNCTIONS.has(name)) throw new Error(`There is no function "${name}".`)
  return `f_${name}`
}

function compare(test: (a: number, b: number) => boolean): (...args: number[]) => number {
  return (a, b) => (unknown(a!, b!) ? Number.NaN : test(a!, b!) ? 1 : 0)
}

function unknown(a: number, b: number): boolean {
  return Number.isNaN(a) || Number.isNaN(b)
}

function isTrue(value: number): boolean {
  return value !== 0 && !Number.isNaN(value)
}
