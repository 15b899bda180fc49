import { expect, test } from 'vitest'
import type { Measurement } from '../figures.ts'
import { explain } from './explain.ts'
import { score } from './score.ts'

// How fast it is is no matter here: that ours and XGBoost's numbers are the same, where it is installed, is.
test.each<[string, Measurement]>([
  ['score', score],
  ['explain', explain],
])('%s gives the numbers XGBoost gives', async (name, measure) => {
  const { figures, missing = [] } = await measure({ data: '', quick: true, seed: '1' })
  if (missing.length > 0) {
    expect(missing).toEqual([expect.stringMatching(/^peer not installed: XGBoost for \/usr\/bin\/python3 /)])
    return
  }
  expect(figures.find(({ id }) => id === `${name}.max_difference`)).toMatchObject({ ok: true })
  for (const { value } of figures) expect(value).toBeGreaterThan(0)
})
