import { ForeshockError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { text } from '../text.ts'
import { FUNCTIONS } from './expression-functions.ts'
import { type Token, tokens } from './expression-tokens.ts'

export type BinaryOperator = '+' | '-' | '*' | '/' | '<' | '<=' | '>' | '>=' | '=' | '!=' | 'and' | 'or'

export type Tree =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'name'; readonly name: string; readonly column: number }
  | { readonly type: 'negative' | 'not'; readonly of: Tree }
  | { readonly type: 'binary'; readonly operator: BinaryOperator; readonly left: Tree; readonly right: Tree }
  | { readonly type: 'call'; readonly call: string; readonly args: readonly Tree[] }

/** Deeper nesting than this is refused: no rule needs it, and it bounds every walk of the tree. */
const DEEPEST = 32

/** How tightly an operator binds; comparisons are not chained. */
const BINDING: ReadonlyMap<string, number> = new Map([
  ['or', 1],
  ['and', 2],
  ...['<', '<=', '>', '>=', '=', '!='].map((operator) => [operator, 4] as const),
  ['+', 5],
  ['-', 5],
  ['*', 6],
  ['/', 6],
])
const NOT = 3
const COMPARISON = 4
const NEGATIVE = 7

/** Parses an expression (Pratt). Throws BAD_INPUT naming the column and what was expected there. */
export function parseTree(source: string): Tree {
  const all = tokens(source)
  let position = 0
  const peek = (): Token => all[position]!
  const take = (): Token => all[position++]!

  function expect(operator: string): void {
    const token = take()
    if (token.type !== 'operator' || token.text !== operator) throw unexpected(token, `"${operator}"`)
  }

  function expression(least: number, depth: number): Tree {
    if (depth > DEEPEST) throw tooDeep(peek().column)
    let left = operand(take(), depth)
    for (;;) {
      const token = peek()
      const binding = isOperator(token) ? BINDING.get(token.text) : undefined
      if (binding === undefined || binding < least) return left
      take()
      const right = expression(binding + 1, depth + 1)
      left = { type: 'binary', operator: token.text as BinaryOperator, left, right }
      const next = peek()
      if (binding === COMPARISON && BINDING.get(next.text) === COMPARISON) throw chained(next)
    }
  }

  function operand(token: Token, depth: number): Tree {
    if (token.type === 'number') return { type: 'number', value: Number(token.text) }
    if (token.text === '-') return { type: 'negative', of: expression(NEGATIVE, depth + 1) }
    if (token.text === 'not') return { type: 'not', of: expression(NOT, depth + 1) }
    if (token.text === '(') {
      const inner = expression(1, depth + 1)
      expect(')')
      return inner
    }
    if (token.type !== 'name' || BINDING.get(token.text) !== undefined)
      throw unexpected(token, 'a number, a name or "("')
    if (peek().text === '(') return call(token, depth)
    return { type: 'name', name: token.text, column: token.column }
  }

  function call(token: Token, depth: number): Tree {
    const shape = FUNCTIONS.get(token.text)
    if (shape === undefined) throw unknownFunction(token)
    expect('(')
    const args: Tree[] = []
    if (peek().text !== ')') {
      args.push(expression(1, depth + 1))
      while (peek().text === ',') {
        take()
        args.push(expression(1, depth + 1))
      }
    }
    expect(')')
    if (args.length < shape.least || args.length > shape.most) throw wrongCount(token, shape, args.length)
    return { type: 'call', call: token.text, args }
  }

  const tree = expression(1, 0)
  if (peek().type !== 'end') throw unexpected(peek(), 'an operator or the end')
  return tree
}

/** Every name the tree reads, each once, in order of first use. */
export function namesIn(tree: Tree, into: Map<string, number> = new Map()): Map<string, number> {
  if (tree.type === 'name' && !into.has(tree.name)) into.set(tree.name, tree.column)
  else if (tree.type === 'negative' || tree.type === 'not') namesIn(tree.of, into)
  else if (tree.type === 'binary') namesIn(tree.right, namesIn(tree.left, into))
  else if (tree.type === 'call') for (const arg of tree.args) namesIn(arg, into)
  return into
}

function isOperator(token: Token): boolean {
  return token.type === 'operator' || token.text === 'and' || token.text === 'or'
}

function unexpected(token: Token, wanted: string): ForeshockError {
  const zh = wanted
    .replace('a number, a name or', '数字、指标名或')
    .replace('an operator or the end', '运算符或结尾')
  const where = token.type === 'end' ? 'the expression ends' : `found "${token.text}"`
  const whereZh = token.type === 'end' ? '表达式在此结束' : `却是“${token.text}”`
  return new ForeshockError(
    'BAD_INPUT',
    text(
      `第 ${token.column} 列应为${zh}，${whereZh}。`,
      `Expected ${wanted} at column ${token.column}, but ${where}.`,
    ),
    '',
  )
}

function chained(token: Token): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    text(`第 ${token.column} 列：比较不能连写。`, `Comparisons cannot be chained (column ${token.column}).`),
    text('请写成“a < b and b < c”。', 'Write "a < b and b < c".'),
  )
}

function tooDeep(column: number): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    text(
      `第 ${column} 列嵌套超过 ${DEEPEST} 层。`,
      `Nested deeper than ${DEEPEST} levels at column ${column}.`,
    ),
    text('请拆成几条。', 'Split it into several.'),
  )
}

function unknownFunction(token: Token): ForeshockError {
  const known = [...FUNCTIONS.keys()]
  const near = nearest(token.text, known)
  return new ForeshockError(
    'BAD_INPUT',
    text(
      `第 ${token.column} 列的函数“${token.text}”不存在。`,
      `Unknown function "${token.text}" at column ${token.column}.`,
    ),
    near === null
      ? text(`可用的函数：${known.join('、')}。`, `The functions are ${known.join(', ')}.`)
      : text(`是不是“${near}”？`, `Did you mean "${near}"?`),
  )
}

function wrongCount(token: Token, shape: { usage: string }, count: number): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    text(
      `第 ${token.column} 列的 ${token.text} 有 ${count} 个参数。`,
      `${token.text} at column ${token.column} has ${count} arguments.`,
    ),
    text(`写法：${shape.usage}。`, `Write ${shape.usage}.`),
  )
}
