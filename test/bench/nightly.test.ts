import { expect, test } from 'vitest'
import { nightly } from './nightly.ts'

// How long it takes is no matter here: that everyone gets the probability XGBoost gives them, where it is there, is.
test('a night of the product comes to the probabilities of pandas and XGBoost', async () => {
  const { figures, missing = [] } = await nightly({ data: '', quick: true, seed: '1' })
  const value = (id: string) => figures.find((one) => one.id === `nightly.${id}.quick`)?.value
  if (figures.length === 0) {
    expect(missing).toContainEqual(expect.stringMatching(/^peer not installed: .*python3/))
    return
  }
  expect(value('other_probability')).toBeLessThan(0.02)
  expect(value('incremental.rows')).toBeGreaterThanOrEqual(0)
  expect(value('from_scratch.cases')).toBeGreaterThan(0)
  expect(value('part.incremental.refresh_ms')).toBeGreaterThan(0)
})
