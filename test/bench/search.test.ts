import { expect, test } from 'vitest'
import { search } from './search.ts'

// How long it takes is no matter here: that voices are read, kept and found is.
test('voices are read and found', async () => {
  const { figures, notes = [] } = await search({ quick: true, seed: '1', data: '' })
  expect(figures.map(({ id }) => id)).toEqual([
    'search.voices',
    'search.slowest_median',
    'search.read_and_kept',
  ])
  expect(notes.filter((note) => /: 0 found/.test(note))).toEqual([expect.stringContaining('no dictionary')])
})
