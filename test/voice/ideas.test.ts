import { expect, test } from 'vitest'
import { openSegmenter } from '../../src/main/segmenter.ts'
import { ideasIn } from '../../src/voice/ideas.ts'

const segmenter = openSegmenter()
const NOW = new Date('2026-06-01T00:00:00Z')
const wish = (no: number, words: string, customer: string | null = null, ltvMinor: number | null = null) => ({
  ...{ no, wish: words, at: NOW, customer, ltvMinor },
})

test('alike wishes are one idea, whoever wishes them how often', () => {
  const [first, second, ...more] = ideasIn(
    [
      wish(5, '要是能在线预约就好了', 'a', 100),
      wish(4, '希望可以在线预约', 'a', 100),
      wish(3, '希望可以在线预约', 'b'),
      wish(2, 'I wish you had night delivery', 'c', 700),
      wish(1, 'please add night delivery'),
    ],
    segmenter,
  )
  // c is worth 700, and whoever is not known as much as the middle one of 100 and 700.
  expect(first).toMatchObject({ example: { no: 2 }, voices: 2, customers: 2, ltvMinor: 700, weight: 1_400 })
  expect(second).toMatchObject({ example: { no: 5 }, voices: 3, customers: 2, ltvMinor: 100, weight: 800 })
  expect(more).toEqual([])
})

test('where nobody’s value is known heads are counted', () => {
  const ideas = ideasIn(
    [wish(3, '希望多放几个充电桩'), wish(2, '多放充电桩'), wish(1, '希望有儿童区')],
    segmenter,
  )
  expect(ideas.map(({ customers, ltvMinor, weight }) => [customers, ltvMinor, weight])).toEqual([
    [2, null, 2],
    [1, null, 1],
  ])
  expect(ideasIn([], segmenter)).toEqual([])
})
