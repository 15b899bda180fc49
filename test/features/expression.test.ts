import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ForeshockError } from '../../src/errors.ts'
import { compileExpression } from '../../src/features/expression.ts'

const unknown = Number.NaN
const VALUES: Record<string, number> = { a: 2, b: 3, zero: 0, one: 1, u: unknown, visits_90: 0 }

function value(source: string): number {
  return compileExpression(source, Object.keys(VALUES)).evaluate((name) => VALUES[name]!)
}

function complaint(source: string): string {
  try {
    compileExpression(source, Object.keys(VALUES))
  } catch (error) {
    if (error instanceof ForeshockError) return error.explain('en')
    throw error
  }
  return 'no complaint'
}

describe('values', () => {
  test.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 3 - 2', 5],
    ['8 / 4 / 2', 1],
    ['-a + b', 1],
    ['2 * -a', -4],
    ['0.5 * a', 1],
    ['a < b', 1],
    ['a >= b', 0],
    ['a = 2', 1],
    ['a == 2', 1],
    ['a != 2', 0],
    ['a + 1 = b', 1],
    ['not a = 2', 0],
    ['not zero and one', 1],
    ['zero and zero or one', 1],
    ['one or zero and zero', 1],
    ['min(a, b, 1)', 1],
    ['max(a, b)', 3],
    ['abs(a - b)', 1],
    ['round(2.5)', 3],
    ['sqrt(9)', 3],
    ['if(a > b, 10, 20)', 20],
    ['change(a, 4)', -0.5],
    ['change(visits_90, 4)', -1],
    ['change(4, 2)', 0.5],
    ['change(zero, zero)', 0],
    ['change(3, zero)', 1],
    ['coalesce(u, u, b)', 3],
    ['known(u)', 0],
    ['known(a)', 1],
    ['（a＋b）＊２ ＞ 9', 1],
    ['a ≤ b and a ≠ b', 1],
  ])('%s is %d', (source, wanted) => {
    expect(value(source)).toBe(wanted)
  })
})

describe('unknown', () => {
  test.each([
    'u + 1',
    'u > 1',
    'u = u',
    'not u',
    'one and u',
    'zero or u',
    'a / zero',
    'zero / zero',
    'change(1, u)',
    'change(u, 1)',
    'min(a, u)',
    'if(u, 1, 2)',
    'sqrt(-1)',
    '-u',
  ])('%s is unknown', (source) => {
    expect(value(source)).toBeNaN()
  })

  test.each([
    ['zero and u', 0],
    ['u and zero', 0],
    ['one or u', 1],
    ['u or one', 1],
  ])('%s is decided all the same', (source, wanted) => {
    expect(value(source)).toBe(wanted)
  })
})

describe('complaints point at the place', () => {
  test.each([
    ['1 + vists_90', 'Unknown name "vists_90" at column 5. Did you mean "visits_90"?'],
    [
      'nothing_like_it',
      'Unknown name "nothing_like_it" at column 1. Features have names such as a, b, zero, one, u, visits_90.',
    ],
    ['a +', 'Expected a number, a name or "(" at column 4, but the expression ends.'],
    ['', 'Expected a number, a name or "(" at column 1, but the expression ends.'],
    ['a b', 'Expected an operator or the end at column 3, but found "b".'],
    ['(a', 'Expected ")" at column 3, but the expression ends.'],
    ['a and or b', 'Expected a number, a name or "(" at column 7, but found "or".'],
    ['a < b < 3', 'Comparisons cannot be chained (column 7). Write "a < b and b < c".'],
    ['mix(a, b)', 'Unknown function "mix" at column 1. Did you mean "min"?'],
    ['if(a, b)', 'if at column 1 has 2 arguments. Write if(condition, then, otherwise).'],
    ['a.b', 'Cannot read "." at column 2.'],
    ['a & b', 'Cannot read "&" at column 3.'],
    ['a["b"]', 'Cannot read "[" at column 2.'],
    ['constructor', 'Unknown name "constructor" at column 1.'],
    ['toString()', 'Unknown function "toString" at column 1.'],
  ])('%s', (source, wanted) => {
    expect(complaint(source)).toContain(wanted)
  })

  test('in Chinese too', () => {
    expect(() => compileExpression('vists_90 > 1', ['visits_90'])).toThrow(
      expect.objectContaining({
        said: expect.objectContaining({
          hint: { zh: '是不是“visits_90”？', en: 'Did you mean "visits_90"?' },
        }),
      }),
    )
  })

  test('length and depth are bounded', () => {
    expect(complaint(`a${' + a'.repeat(200)}`)).toContain(
      'The expression has 801 characters; at most 500 are read.',
    )
    expect(complaint(`${'('.repeat(60)}a${')'.repeat(60)}`)).toContain(
      'Nested deeper than 32 levels at column',
    )
    expect(complaint(`${'-'.repeat(60)}a`)).toContain('Nested deeper')
    expect(value(`a${' + a'.repeat(100)}`)).toBe(202)
  })
})

test('uses lists each name once', () => {
  expect(compileExpression('b + a * b > min(a, one)', Object.keys(VALUES)).uses).toEqual(['b', 'a', 'one'])
})

type Sample = { source: string; value: number }
const operators = ['+', '-', '*', '/', '<', '>=', '=', 'and', 'or'] as const

function apply(operator: (typeof operators)[number], a: number, b: number): number {
  const isUnknown = Number.isNaN(a) || Number.isNaN(b)
  if (operator === 'and') return a === 0 || b === 0 ? 0 : isUnknown ? unknown : 1
  if (operator === 'or') return [a, b].some((x) => x !== 0 && !Number.isNaN(x)) ? 1 : isUnknown ? unknown : 0
  if (isUnknown) return unknown
  const results = {
    '+': a + b,
    '-': a - b,
    '*': a * b,
    '/': a / b,
    '<': +(a < b),
    '>=': +(a >= b),
    '=': +(a === b),
  }
  return Number.isFinite(results[operator]) ? results[operator] : unknown
}

const { tree: sample } = fc.letrec<{ tree: Sample }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...Object.entries(VALUES)).map(([source, value]) => ({ source, value })),
    fc.nat(9).map((number) => ({ source: String(number), value: number })),
    fc.tuple(tie('tree'), fc.constantFrom(...operators), tie('tree')).map(([left, operator, right]) => ({
      source: `(${left.source} ${operator} ${right.source})`,
      value: apply(operator, left.value, right.value),
    })),
  ),
}))

test('any well-formed expression has the value its parts give it', () => {
  fc.assert(
    fc.property(sample, (made) => {
      fc.pre(made.source.length <= 500)
      expect(value(made.source)).toEqual(made.value)
    }),
  )
})

test('any text is either compiled or refused politely', () => {
  const pieces = fc.array(
    fc.constantFrom('a', 'u', '1', '(', ')', ',', '+', '-', '<', 'and', 'not', 'min', 'if', ' ', '.', '"'),
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        pieces.map((parts) => parts.join(' ')),
      ),
      (source) => {
        expect(complaint(source)).toBeTypeOf('string')
      },
    ),
  )
})
