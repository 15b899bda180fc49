import { expect, test } from 'vitest'
import { featureList } from '../../src/features/feature-list.ts'
import { featuresOf } from '../../src/features/kernel.ts'
import { listBehind } from '../../src/signals/behind.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import { factsOf } from '../timeline/random-rows.ts'
import { DAY, every, NOW, profile } from './customer.ts'

test('a list of one feature and what it rests on gives the number of the whole list', () => {
  const rows = ['visit', 'login', 'order', 'voice'].flatMap((kind, nth) =>
    every(11 + 7 * nth, 300, 5).map((ago) => ({
      customer: 'ada',
      kind,
      at: NOW - ago * DAY,
      id: `${kind}-${ago}`,
      amount: ago * 100,
      rating: ago % 10,
    })),
  )
  const columns = buildTimeline([factsOf('ada', 1, { ltvMinor: 5_000 })], rows)
  const whole = featureList(profile)
  const all = featuresOf(whole, columns, 0, NOW)
  const peers = new Set(profile.peers?.map(({ name }) => name))
  const own = whole.names.filter((name) => !peers.has(name))
  expect(own.length).toBeGreaterThan(20)
  for (const name of own) {
    const list = listBehind(profile, [name], 'UTC')
    expect([name, featuresOf(list, columns, 0, NOW)[list.index.get(name)!]]).toEqual([
      name,
      all[whole.index.get(name)!],
    ])
  }
})
