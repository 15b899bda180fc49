import { expect, test } from 'vitest'
import { featureList } from '../../src/features/feature-list.ts'
import type { Forecaster } from '../../src/risk/forecaster.ts'
import { forecastAll, saidIn } from '../../src/risk/unspoken.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'
import { openTimeline } from '../../src/timeline/timeline.ts'
import { DAY, NOW, profile } from '../signals/customer.ts'
import { factsOf } from '../timeline/random-rows.ts'
import { rowsInMemory } from '../timeline/rows-in-memory.ts'

/** Everyone comes, the last time so many days ago; some of them have rated us. */
async function snapshotOf(lives: readonly { lastSeen: number; rating?: number }[]) {
  const rows = lives.flatMap(({ lastSeen, rating }, at): TimelineRow[] => {
    const one = (kind: string, ago: number, id: string): TimelineRow => ({
      ...{ customer: `c${at}`, kind, at: NOW - ago * DAY, id: `${id}${at}`, amount: null },
    })
    return [
      one('visit', lastSeen, 'v'),
      ...(rating === undefined ? [] : [{ ...one('voice', lastSeen, 'r'), rating }]),
    ]
  })
  const facts = lives.map((_, at) => factsOf(`c${at}`, at + 1))
  const timeline = openTimeline(rowsInMemory(facts, rows), featureList(profile))
  await timeline.refresh()
  return timeline.at(NOW)
}

/** Sure of everyone with a bad mark, and of everyone not seen for a month. */
function harsh(): Forecaster & { readonly asked: number[] } {
  const asked: number[] = []
  return {
    asked,
    name: 'M-1',
    days: 60,
    explain: null,
    forecast: async ({ size, features }) => {
      asked.push(size)
      return Float32Array.from({ length: size }, (_, at) => {
        const row = features.row(at)
        const number = (name: string) => row[features.index.get(name)!]!
        return number('rating_last') <= 4 || number('quiet_days') > 30 ? 0.9 : 0.1
      })
    },
  }
}

test('whoever would be alerted is asked about again, as if they had said nothing', async () => {
  const forecaster = harsh()
  const snapshot = await snapshotOf([
    { lastSeen: 3 },
    { lastSeen: 3, rating: 2 },
    { lastSeen: 40 },
    { lastSeen: 40, rating: 2 },
    { lastSeen: 70 },
  ])
  const { probabilities, unspoken } = await forecastAll(forecaster, snapshot, profile)
  expect([...probabilities].map((chance) => chance.toFixed(1))).toEqual(['0.1', '0.9', '0.9', '0.9', '0.9'])
  expect([...unspoken].map((chance) => chance.toFixed(1))).toEqual(['NaN', '0.1', '0.9', '0.9', 'NaN'])
  // Not of the one who was safe anyway, nor of the one silent for as long as the forecast looks ahead.
  expect(forecaster.asked).toEqual([5, 3])
})

test('nobody is asked about twice for nothing', async () => {
  const forecaster = harsh()
  await forecastAll(forecaster, await snapshotOf([{ lastSeen: 3 }, { lastSeen: 90 }]), profile)
  expect(forecaster.asked).toEqual([2])
})

test('marks, moods and their changes were said; visits, tickets and complaints were done', () => {
  const said = saidIn(profile)
  for (const name of ['rating_last', 'rating_change', 'nps_change', 'call_mood', 'voices_90'])
    expect(said).toContain(name)
  for (const name of ['quiet_days', 'logins_30', 'complaints_90', 'tickets_90', 'tenure_days'])
    expect(said).not.toContain(name)
})
