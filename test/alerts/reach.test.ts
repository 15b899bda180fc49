import { describe, expect, it } from 'vitest'
import { whenToCall } from '../../src/alerts/reach.ts'

const at = (text: string): number => Date.parse(text)
const now = new Date('2026-06-01T06:30:00+08:00')

describe('when to call', () => {
  it('is late morning where nothing is known, by the customer’s own clock', () => {
    expect(whenToCall([], 'Asia/Shanghai', now)).toEqual({
      timeZone: 'Asia/Shanghai',
      from: new Date('2026-06-01T10:00:00+08:00'),
      until: new Date('2026-06-01T12:00:00+08:00'),
      known: false,
      decentNow: false,
    })
    // There it is still the evening of Sunday: 18:30.
    expect(whenToCall([], 'America/New_York', now)).toMatchObject({
      from: new Date('2026-06-01T10:00:00-04:00'),
      decentNow: true,
    })
  })

  it('is when the customer is usually seen, and goes on while it lasts', () => {
    const seen = ['03-02T18:10', '03-09T19:20', '04-01T18:40', '04-08T09:00'].map((day) =>
      at(`2026-${day}:00+08:00`),
    )
    const reach = whenToCall(seen, 'Asia/Shanghai', new Date('2026-06-01T19:30:00+08:00'))
    expect(reach).toMatchObject({
      from: new Date('2026-06-01T18:00:00+08:00'),
      until: new Date('2026-06-01T20:00:00+08:00'),
      known: true,
      decentNow: true,
    })
    expect(whenToCall(seen, 'Asia/Shanghai', new Date('2026-06-01T20:00:00+08:00'))).toMatchObject({
      from: new Date('2026-06-02T18:00:00+08:00'),
      decentNow: false,
    })
  })

  it('never at night, and days without a time tell nothing', () => {
    const nights = [1, 2, 3, 4].map((day) => at(`2026-03-0${day}T02:15:00+08:00`))
    const days = [1, 2, 3, 4].map((day) => at(`2026-04-0${day}T00:00:00+08:00`))
    expect(whenToCall([...nights, ...days], 'Asia/Shanghai', now)).toMatchObject({
      from: new Date('2026-06-01T10:00:00+08:00'),
      known: false,
    })
  })

  it('keeps to the wall clock over a change of summer time', () => {
    const reach = whenToCall([], 'America/New_York', new Date('2026-03-07T20:00:00-05:00'))
    expect(reach.from).toEqual(new Date('2026-03-08T10:00:00-04:00'))
  })
})
