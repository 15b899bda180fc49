import { expect, test } from 'vitest'
import { failuresOf } from '../voice/case-book.ts'
import { readBook, words } from './words.ts'

test('the case book is read as a person reads it', async () => {
  const { figures } = await words({ data: '', quick: true, seed: '1' })
  expect(figures.filter(({ ok }) => !ok).map(({ id, value }) => `${id} ${value}`)).toEqual([])
  // The few that are known and not mended stay few.
  expect(failuresOf(readBook()).length).toBeLessThanOrEqual(10)
})

test('half of the case book are traps, in both languages', () => {
  const readings = readBook()
  for (const language of ['zh', 'en']) {
    const all = readings.filter((one) => one.case.language === language)
    const traps = all.filter((one) => one.case.expected.size === 0)
    expect(all.length).toBeGreaterThan(300)
    expect(traps.length / all.length).toBeGreaterThan(0.4)
  }
  expect(new Set(readings.map((one) => one.case.sentence)).size).toBe(readings.length)
})
