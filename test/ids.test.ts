import fc from 'fast-check'
import { expect, it } from 'vitest'
import { randomIds, seededIds, uuidOf } from '../src/ids.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[48][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

it('makes UUIDs, the same for the same parts and others for others', () => {
  const parts = fc.array(fc.string(), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      expect(uuidOf(...one)).toMatch(UUID)
      expect(uuidOf(...one) === uuidOf(...other)).toBe(one.join('\u0000') === other.join('\u0000'))
    }),
  )
  expect(uuidOf('a', 'bc')).not.toBe(uuidOf('ab', 'c'))
})

it('names things the same way twice from a seed, and never twice in one run', () => {
  const [one, again, other] = [seededIds('a'), seededIds('a'), seededIds('b')]
  const first = Array.from({ length: 500 }, one)
  expect(Array.from({ length: 500 }, again)).toEqual(first)
  expect(new Set([...first, ...Array.from({ length: 500 }, other)]).size).toBe(1_000)
  expect(randomIds()).toMatch(UUID)
})
