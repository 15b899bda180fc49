import { describe, expect, test } from 'vitest'
import { changeSignal } from '../../src/signals/change.ts'
import { moveOf } from '../../src/signals/drop.ts'
import { rhythmOf } from '../../src/signals/rhythm.ts'
import { customerWith, DAY, every, type Life, NOW, profile } from './customer.ts'

const signal = changeSignal(profile)
const read = (life: Life) => signal.read(customerWith(life))

describe('a watched measure that fell', () => {
  test('halved logins are quiet, a fall by 70% fires, by 90% is strong', () => {
    const logins = (before: number, after: number) => ({
      login: [...every(1, 31 + before - 1, 31), ...(after > 0 ? every(1, after, 1) : [])],
    })
    expect(read({ events: logins(20, 10) })).toMatchObject({ fired: false, strong: false })
    expect(read({ events: logins(20, 5) })).toMatchObject({ fired: true, strong: false, basis: ['login'] })
    expect(read({ events: logins(20, 2) })).toMatchObject({ fired: true, strong: true })
  })

  test('the evidence holds both numbers and names a fall to nothing', () => {
    const reading = read({ events: { visit: [150, 120, 100] } })!
    expect(reading).toMatchObject({ fired: true, strong: true, basis: ['visit'] })
    expect(reading.evidence.map(({ at, ...piece }) => piece)).toContainEqual({
      kind: 'change',
      feature: 'visits_90',
      label: { zh: '到店次数', en: 'workshop visits' },
      before: 3,
      after: 0,
      how: 'to-nothing',
      days: 90,
    })
  })

  test('the last three ratings against the five before, of someone who rated lately', () => {
    const rated = (last: number, days = 5) => ({
      voice: [...every(20, 300, 220), days + 20, days + 10, days].map(
        (ago) => [ago, { rating: ago > 200 ? 9 : last }] as const,
      ),
    })
    const fell = { feature: 'rating_newest_3', before: 9, after: 6, how: 'down', days: 0 }
    const reading = read({ events: rated(6) })
    expect(reading).toMatchObject({ fired: true, strong: false, basis: ['voice'], evidence: [fell] })
    expect(read({ events: rated(7) })).toMatchObject({ fired: false })
    expect(read({ events: rated(4) })).toMatchObject({ strong: true })
    // Nobody is warned of half a year later.
    expect(read({ events: rated(4, 100) })).toBeNull()
    // Deeds stand for themselves: an angry sentence beside them is a second signal.
    const both = { ...rated(6), visit: [150, 120, 100] }
    expect(read({ events: both })).toMatchObject({ basis: ['visit'] })
    expect(read({ events: both })!.evidence.length).toBeGreaterThan(1)
  })

  test('fewer visits in a window are no fall while the customer keeps their own rhythm', () => {
    expect(read({ events: { visit: every(60, 400, 40) } })).toMatchObject({ fired: false })
    expect(read({ events: { visit: [170, 100] } })).toMatchObject({ fired: false })
  })

  test('a cheap visit after expensive ones is no fall while the rhythm is kept', () => {
    const visit = [
      [160, { amount: 900_000 }],
      [100, { amount: 700_000 }],
      [40, { amount: 20_000 }],
    ] as const
    expect(read({ events: { visit } })).toMatchObject({ fired: false })
    const later = customerWith({ events: { visit }, asOf: NOW + 60 * DAY })
    expect(signal.read(later)).toMatchObject({ fired: true })
  })

  test('visits that stopped are strong only beyond the longest silence they came back from', () => {
    const winters = [...every(30, 700, 440), ...every(30, 340, 100)]
    expect(read({ events: { visit: winters } })).toMatchObject({ fired: true, strong: false })
    const later = customerWith({ events: { visit: winters }, asOf: NOW + 50 * DAY })
    expect(signal.read(later)).toMatchObject({ fired: true, strong: true })
    expect(read({ events: { visit: every(30, 1000, 110) } })).toMatchObject({ fired: true, strong: true })
  })

  test('one large bill is no habit of spending to fall from', () => {
    const visit = [
      [100, { amount: 900_000 }],
      [40, { amount: 20_000 }],
    ] as const
    expect(read({ events: { visit } })).toMatchObject({ fired: false })
  })

  test('a fall from too little means nothing', () => {
    expect(read({ events: { login: [40, 50] } })).toMatchObject({ fired: false })
  })

  test('a rise from nothing is named, not divided, and does not fire', () => {
    const watched = profile.change.find(({ now }) => now === 'visits_90')!
    const numbers: Record<string, number> = { visits_90: 2, visits_before_90: 0 }
    expect(moveOf(watched, (name) => numbers[name]!, profile)).toMatchObject({ how: 'from-nothing' })
    expect(moveOf(watched, () => 0, profile)).toBeNull()
    // One large bill is no habit to fall from.
    const fussy = { ...watched, needs: { feature: 'visits_before_90', least: 2 } }
    const once: Record<string, number> = { [watched.now]: 0, [watched.before]: 9, visits_before_90: 1 }
    expect(moveOf(fussy, (name) => once[name] ?? Number.NaN, profile)).toBeNull()
    expect(moveOf(watched, () => Number.NaN, profile)).toBeNull()
    expect(read({ events: { visit: [10, 20] } })).toMatchObject({ fired: false })
  })

  test('where nothing is measured it is unknown', () => {
    expect(read({ others: false })).toBeNull()
    expect(read({ events: { login: [40] }, others: false })).not.toBeNull()
  })
})

test('a mean of 0 is low, not nothing: the newest 3 ratings minus the 5 before', () => {
  const ratings = {
    ...profile.change[0]!,
    now: 'rating_newest_3',
    before: 'rating_previous_5',
    basis: 'voice',
  }
  const rated = { ...profile, change: [{ ...ratings, fires: 0.2, strong: 0.4, least: 5 }] }
  const events = { voice: [9, 8, 9, 9, 10, 5, 4, 3].map((rating, at) => [80 - at * 10, { rating }] as const) }
  const reading = changeSignal(rated).read(customerWith({ events }))!
  expect(reading).toMatchObject({ fired: true, strong: true, basis: ['voice'] })
  expect(reading.evidence[0]).toMatchObject({ how: 'down', before: 9, after: 4 })
  const zeros = { voice: [9, 9, 9, 9, 9, 0, 0, 0].map((rating, at) => [80 - at * 10, { rating }] as const) }
  expect(changeSignal(rated).read(customerWith({ events: zeros }))!.evidence[0]).toMatchObject({
    how: 'down',
  })
})

describe("silence against the customer's own rhythm", () => {
  const monthly = (last: number) => ({ visit: every(30, last + 300, last) })

  test('a monthly visitor who misses three beats fires; a half-yearly one who is on time does not', () => {
    expect(read({ events: monthly(40) })).toMatchObject({ fired: false })
    const missed = read({ events: monthly(130) })!
    expect(missed).toMatchObject({ fired: true })
    expect(missed.evidence.find(({ kind }) => kind === 'rhythm')).toMatchObject({
      event: 'visit',
      quietDays: 130,
    })
    expect(read({ events: { visit: every(180, 910, 130) } })).toMatchObject({ fired: false })
  })

  test('a pause the customer has come back from before is no alarm', () => {
    const events = { visit: [...every(20, 700, 500), ...every(20, 340, 120)] }
    expect(read({ events })!.evidence.find(({ kind }) => kind === 'rhythm')).toBeUndefined()
  })

  test('a rhythm needs a few visits, and few visits are drawn to the usual interval', () => {
    expect(read({ events: { visit: [400, 390] } })).toMatchObject({ fired: false })
    const { usualDays, days } = rhythmOf(customerWith({ events: { visit: [400, 390] } }), profile)!
    expect(days).toBe(2)
    expect(usualDays).toBeGreaterThan(80)
    expect(rhythmOf(customerWith({}), profile)).toBeNull()
  })

  test('whoever came every few hours for weeks has a beat for each day, and is missed', () => {
    const visit = every(0.25, 64, 60)
    expect(rhythmOf(customerWith({ events: { visit } }), profile)).toMatchObject({ days: 5 })
    const often = { events: { visit: every(1 / 3, 260, 150) } }
    expect(rhythmOf(customerWith(often), profile)).toMatchObject({ days: 111 })
    expect(read(often)).toMatchObject({ fired: true, strong: true, basis: ['visit'] })
    // One busy day is still one beat.
    expect(rhythmOf(customerWith({ events: { visit: every(0.1, 60.5, 60) } }), profile)).toMatchObject({
      days: 1,
    })
  })
})

describe('when it became true', () => {
  test('a fall to nothing is dated by the day the window emptied', () => {
    const { at } = read({ events: { login: every(1, 70, 37) } })!
    // 34 logins until 37 days ago: the fall passed 70% when about 30% of them were left in the last 30 days.
    expect(NOW - at).toBeGreaterThan(7 * DAY)
    expect(NOW - at).toBeLessThan(20 * DAY)
  })

  test('the date does not move with the day of asking', () => {
    const events = { visit: [160, 140, 120, 100] }
    const today = read({ events })!.at
    const later = read({ events, asOf: NOW + 5 * DAY })!.at
    expect(Math.abs(later - today)).toBeLessThan(2 * 3_600_000)
  })
})
