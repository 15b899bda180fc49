import { expect, it } from 'vitest'
import { parseCalendar } from '../../commands/outside/words.ts'

it.each([
  ['add promotion Sale 2026-06-20..2026-06-01', '2026-06-20 to 2026-06-01 ends before it begins.'],
  ['add 促销 大促 2026-06-20 至 2026-06-01', '2026-06-20 to 2026-06-01 ends before it begins.'],
  ['add promotion', 'What is it called, and when is it?'],
  ['add promotion Sale', 'No usable day or days stand at the end of "Sale".'],
  ['add promotion Sale 2026-02-30', 'No usable day or days stand at the end of "Sale 2026-02-30".'],
])('%j: %s', (words, said) => {
  expect(() => parseCalendar(words)).toThrow(said)
})
