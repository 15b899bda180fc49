import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildFinder, type Sought } from '../../src/voice/cue-finder.ts'
import { folded } from '../../src/voice/cue-units.ts'

type Match = readonly [start: number, end: number, value: number]

function scanned(sought: readonly Sought[], text: string): Match[] {
  const { count, starts, ends, values } = buildFinder(sought).scan(text)
  return Array.from({ length: count }, (_, index) => [starts[index]!, ends[index]!, values[index]!])
}

/** The same, place by place and phrase by phrase. */
function oracle(sought: readonly Sought[], words: string): Match[] {
  const text = folded(words)
  const isWord = (index: number): boolean => /^[a-z0-9]$/.test(text[index] ?? '')
  const isInside = (index: number): boolean => isWord(index - 1) && isWord(index)
  const all = sought.flatMap((one, value) => {
    const starts = Array.from({ length: text.length }, (_, at) => at).filter((at) =>
      text.startsWith(one.words, at),
    )
    return starts
      .map((start) => ({ start, end: start + one.words.length, value, kind: one.kind }))
      .filter(({ start, end }) => !isInside(start) && !isInside(end))
  })
  const kept = all.filter(
    (a) => !all.some((b) => a !== b && a.kind === b.kind && b.start <= a.start && b.end >= a.end),
  )
  return kept.map(({ start, end, value }): Match => [start, end, value])
}

const inOrder = (matches: readonly Match[]): Match[] =>
  matches.toSorted((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])

test('finds what a search phrase by phrase finds', () => {
  const word = fc
    .string({ unit: fc.constantFrom('a', 'b', ' ', '甲', '乙'), minLength: 1, maxLength: 4 })
    .filter((one) => one.trim() === one)
  const lists = fc.uniqueArray(fc.tuple(word, fc.integer({ min: 0, max: 2 })), {
    maxLength: 12,
    selector: ([one, kind]) => `${kind} ${one}`,
  })
  const text = fc.string({ unit: fc.constantFrom('a', 'B', ' ', '甲', '乙', '丙', '😀'), maxLength: 40 })
  fc.assert(
    fc.property(lists, text, (list, words) => {
      const sought = list.map(([one, kind], value) => ({ words: one, value, kind }))
      expect(inOrder(scanned(sought, words))).toEqual(inOrder(oracle(sought, words)))
    }),
    { numRuns: 60 },
  )
})

test('is ready for another text after a long one', () => {
  const finder = buildFinder([{ words: '贵', value: 7, kind: 0 }])
  expect(finder.scan('贵'.repeat(10_000)).count).toBe(10_000)
  const { count, starts } = finder.scan('很贵')
  expect([count, starts[0]]).toEqual([1, 1])
})
