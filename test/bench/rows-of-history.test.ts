import { expect, test } from 'vitest'
import { featureList } from '../../src/features/feature-list.ts'
import { computeFeatures } from '../../src/features/kernel.ts'
import { openTimeline } from '../../src/timeline/timeline.ts'
import { plain } from '../timeline/plain.ts'
import { MEASURED } from './feature-profile.ts'
import { END, mergedColumns, randomHistory } from './history.ts'
import { rowsOfHistory } from './rows-of-history.ts'
import { worstStall } from './stall.ts'

const DAY = 86_400_000
const LONG_AFTER = END + 60 * DAY

test('a history that arrives day by day, late events too, becomes the columns it is, in threads', async () => {
  const history = randomHistory(500, 20_000, 'arriving')
  const store = rowsOfHistory(history, END - 3 * DAY)
  const list = featureList(MEASURED)
  const timeline = openTimeline(store, list, undefined, {
    shardSize: { customers: 100, bytes: 2 ** 20 },
    threads: { from: 0, count: 2 },
  })
  try {
    const stall = await worstStall(async () => {
      for (const now of [END - 3 * DAY, END - 2 * DAY, END, LONG_AFTER]) {
        store.arriveUntil(now)
        await timeline.refresh()
      }
      await timeline.at(END)
    })
    expect(stall).toBeGreaterThanOrEqual(0)
    const whole = mergedColumns(history)
    expect(timeline.parts.length).toBe(8)
    expect(plain(await timeline.gather())).toEqual(plain(whole))
    const { features } = await timeline.at(END)
    expect(
      Buffer.from(features.values.buffer).equals(
        Buffer.from(computeFeatures(list, whole, END).values.buffer),
      ),
    ).toBe(true)
  } finally {
    await timeline.close()
  }
})
