import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainFacts } from '../../src/features/attributes.ts'
import type { CustomerFacts } from '../../src/timeline/history.ts'
import { PackedFactsBuilder, packedFactsOf } from '../../src/timeline/packed-facts-builder.ts'
import { hashOf } from '../../src/timeline/shard-key.ts'
import { factsOf, randomSpells } from './random-rows.ts'

const word = fc.option(fc.string({ unit: 'grapheme', maxLength: 8 }))
const instant = fc.option(fc.integer({ min: -1e12, max: 2e12 }))
const attribute = fc.oneof(fc.string(), fc.boolean(), fc.integer())

/** Customers with anything in their facts, each id once, letters of any script in them. */
const anyone: fc.Arbitrary<CustomerFacts[]> = fc.uniqueArray(
  fc.record({
    id: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    no: fc.nat(),
    name: word,
    valueTier: fc.constantFrom('high', 'mid', 'low', null),
    ltvMinor: instant,
    owner: word,
    region: word,
    site: word,
    product: word,
    firstPurchase: instant,
    attributes: fc.dictionary(fc.string(), attribute, { noNullPrototype: true }),
    spells: fc.option(randomSpells, { nil: undefined }),
  }),
  { selector: ({ id }) => id, maxLength: 30 },
)

/** A customer's facts without what is not told. */
function told({ spells, ...facts }: CustomerFacts): CustomerFacts {
  return spells === undefined ? facts : { ...facts, spells }
}

test('packed facts are the facts, and everyone is found by id', () => {
  fc.assert(
    fc.property(anyone, fc.string({ unit: 'grapheme' }), (facts, nobody) => {
      const people = packedFactsOf(facts)
      expect(Array.from(people, plainFacts)).toEqual(facts.map(told))
      // What is packed is copied as it lies.
      expect(Array.from(packedFactsOf(people), plainFacts)).toEqual(facts.map(told))
      expect(people.index.size).toBe(facts.length)
      facts.forEach(({ id }, place) => {
        expect(people.index.get(id)).toBe(place)
        expect(people.at(place)!.hash).toBe(hashOf(people.ids.at(place)))
      })
      if (facts.every(({ id }) => id !== nobody)) expect(people.index.get(nobody)).toBeUndefined()
      expect(people.at(facts.length)).toBeUndefined()
    }),
  )
})

test('the same facts are told from others, wherever they stand', () => {
  const [ada, bo] = [factsOf('ada', 1, { name: 'Ada' }), factsOf('bo', 2, { ltvMinor: 7 })]
  const both = packedFactsOf([ada, bo])
  const turned = packedFactsOf([bo, ada])
  expect(both.isSame(0, turned, 1)).toBe(true)
  expect(both.isSame(0, turned, 0)).toBe(false)
  for (const other of [
    { ...bo, name: 'Bo' },
    { ...bo, ltvMinor: 8 },
    { ...bo, valueTier: 'low' as const },
    { ...bo, attributes: { seats: 3 } },
    { ...bo, spells: [] },
  ])
    expect(both.isSame(1, packedFactsOf([ada, other]), 1)).toBe(false)
})

test('an id of letters that take two bytes each is not the one that spells these bytes', () => {
  const people = packedFactsOf([factsOf('é', 1)])
  expect([people.index.get('é'), people.index.get('Ã©'), people.index.get('e')]).toEqual([
    0,
    undefined,
    undefined,
  ])
})

test('a customer of whom little is known takes some fifty bytes', () => {
  const builder = new PackedFactsBuilder()
  for (let no = 1; no <= 5_000; no += 1) builder.add(factsOf(`c-${no}`, no))
  const people = builder.finish()
  expect([people.length, people.index.get('c-4321')]).toEqual([5_000, 4_320])
  expect(people.bytes).toBeLessThan(5_000 * 60)
})

test('what is collected after a first piece leaves that piece as it was', () => {
  const builder = new PackedFactsBuilder(1)
  const told = (people: Iterable<CustomerFacts>) =>
    Array.from(people, ({ id, no, region }) => [id, no, region])
  for (const no of [1, 2, 3]) builder.add(factsOf(`first-${no}`, no))
  const first = builder.finish()
  for (const no of [4, 5]) builder.add({ ...factsOf(`第二-${no}`, no), region: 'South' })
  const second = builder.finish()
  expect(told(first)).toEqual([1, 2, 3].map((no) => [`first-${no}`, no, null]))
  expect(told(second)).toEqual([4, 5].map((no) => [`第二-${no}`, no, 'South']))
  expect(builder.finish().length).toBe(0)
})
