import { ForeshockError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { text } from '../text.ts'
import { type Run, runnable } from './expression-run.ts'
import { namesIn, parseTree, type Tree } from './expression-tree.ts'
import { interned } from './interned.ts'

/**
 * The small safe language of finalisers and rules: numbers, names, `+ - * /`, comparisons (`= != < <= > >=`),
 * `and or not`, parentheses, and the functions of expression-functions.ts. NaN means unknown: it spreads through
 * arithmetic and comparisons; `and`, `or`, `not` are three-valued. A division by zero is unknown.
 */
export interface Expression {
  /** Names it reads, each once. */
  readonly uses: string[]
  /** Its value; a condition gives 1 (true), 0 (false) or NaN (unknown). */
  evaluate(get: (name: string) => number): number
}

/** A parsed expression whose names are all known. */
export interface CheckedExpression {
  readonly tree: Tree
  readonly uses: readonly string[]
}

/** Parses and checks names. Throws BAD_INPUT with the column, and a suggestion where one is near. */
export function checkExpression(source: string, known: Iterable<string>): CheckedExpression {
  const tree = parseTree(source)
  const names = new Set(known)
  const uses = namesIn(tree)
  for (const [name, column] of uses) if (!names.has(name)) throw unknownName(name, column, names)
  // Asked for by these words of everyone, night after night.
  return { tree, uses: interned([...uses.keys()]) }
}

/** Compiles an expression over `knownNames`. Throws BAD_INPUT (see checkExpression). */
export function compileExpression(source: string, knownNames: Iterable<string>): Expression {
  const { tree, uses } = checkExpression(source, knownNames)
  const slots = new Map(uses.map((name, slot) => [name, slot]))
  const run = runnable(tree, (name) => slots.get(name)!)
  // Asked of everyone, night after night: the cells are filled anew each time, and read at once.
  const cells = new Float64Array(uses.length)
  return {
    uses: [...uses],
    evaluate(get) {
      for (let slot = 0; slot < cells.length; slot += 1) cells[slot] = get(uses[slot]!)
      return run(cells, 0)
    },
  }
}

/** Compiles an expression to read a row of cells in which `slots` says where each name lies. */
export function compileExpressionForRow(source: string, slots: ReadonlyMap<string, number>): Run {
  return runnable(checkExpression(source, slots.keys()).tree, (name) => slots.get(name)!)
}

function unknownName(name: string, column: number, known: ReadonlySet<string>): ForeshockError {
  const near = nearest(name, known)
  return new ForeshockError(
    'BAD_INPUT',
    text(`第 ${column} 列的名称“${name}”不存在。`, `Unknown name "${name}" at column ${column}.`),
    near === null
      ? text(
          `可用的指标名有：${some(name, known).join('、')}。`,
          `Features have names such as ${some(name, known).join(', ')}.`,
        )
      : text(`是不是“${near}”？`, `Did you mean "${near}"?`),
  )
}

/** Of very many names: those that share the typed word's beginning, then the first. */
function some(name: string, known: ReadonlySet<string>): string[] {
  const stem = name.slice(0, 4).toLowerCase()
  const alike = [...known].filter((each) => each.includes(stem))
  return [...new Set([...alike, ...known])].slice(0, MOST_NAMED)
}

const MOST_NAMED = 12
