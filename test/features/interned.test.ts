import { expect, test } from 'vitest'
import { madeFrom } from '../../src/features/generated-code.ts'
import { interned } from '../../src/features/interned.ts'

test('a value of the program’s own words is the same value', () => {
  const value = { kind: ['visit', '__proto__', ''], deep: { n: 1, none: null, is: false }, at: [[1, '12']] }
  expect(interned(value)).toEqual(value)
  expect(interned('visit')).toBe('visit')
  expect(interned(null)).toBeNull()
})

test('the same code is made once for those who call the same, and anew for others', () => {
  const one = new Map<string, unknown>([['add', (a: number, b: number) => a + b]])
  const other = new Map<string, unknown>([['add', (a: number, b: number) => a - b]])
  const code = 'return (a) => add(a, 1)'
  const made = madeFrom<(a: number) => number>(code, one)
  expect(made(2)).toBe(3)
  expect(madeFrom(code, one)).toBe(made)
  expect(madeFrom<(a: number) => number>(code, other)(2)).toBe(1)
})
