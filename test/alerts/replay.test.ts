import { describe, expect, test } from 'vitest'
import { openReplay, type PastNight } from '../../src/alerts/replay.ts'
import { DAY } from '../../src/clock.ts'
import { TIERS, type Tier } from '../../src/risk/assessment.ts'
import type { Reading } from '../../src/signals/signal.ts'
import { person } from '../store/samples.ts'

const START = Date.parse('2026-03-01T00:00:00Z')
const WEEK = 7 * DAY

/** How one customer stands on one night: a tier, or gone; `fired`: when a signal last fired, else never. */
interface Standing {
  readonly tier?: Tier
  readonly gone?: boolean
  readonly fired?: number
}

function night(week: number, standings: readonly Standing[]): PastNight {
  return {
    asOf: START + week * WEEK,
    facts: standings.map((_, no) => ({ no: no + 1, owner: no % 2 === 0 ? 'lin' : 'zhou', region: null })),
    tiers: Uint8Array.from(standings, ({ tier = 'routine' }) => TIERS.indexOf(tier)),
    priorities: Float64Array.from(standings, (_, no) => no),
    verdictAt: (index) => {
      const at = standings[index]!.fired
      const readings =
        at === undefined ? [] : [{ signal: 'words', fired: true, at, evidence: [] as unknown } as Reading]
      return { readings, reason: 'one-strong-signal' }
    },
    isGone: (index) => standings[index]!.gone === true,
  }
}

const people = [person('lin'), person('zhou')]
const terms = { capacity: 12, people, closedAfter: { P0: 168, P1: 168, P2: 168 } }

function replay(nights: readonly (readonly Standing[])[], over: Partial<typeof terms> = {}) {
  const { take, result } = openReplay({ ...terms, ...over })
  for (const [week, standings] of nights.entries()) take(night(week, standings))
  return result()
}

describe('past nights judged again', () => {
  test('what stands on the first night is older than it and counts for no week', () => {
    const { opened, days } = replay([[{ tier: 'P0' }], [{ tier: 'P0' }, {}], [{}]])
    expect(opened).toEqual({ P0: 0, P1: 0, P2: 0 })
    expect(days).toBe(14)
    expect(replay([]).days).toBe(0)
  })

  test('one case at a time, closed when its outcome is due, opened again by newer evidence only', () => {
    const again = (fired: number) => [[{}], [{ tier: 'P1', fired: START }], [{ tier: 'P1', fired }]] as const
    expect(replay(again(START)).opened.P1).toBe(1)
    expect(replay(again(START + 15 * DAY)).opened.P1).toBe(2)
    expect(
      replay(again(START + 15 * DAY), { closedAfter: { P0: 168, P1: 24 * 30, P2: 168 } }).opened.P1,
    ).toBe(1)
    // A worse tier raises the open case instead of opening another.
    const worse = [[{}], [{ tier: 'P1' }], [{ tier: 'P0' }]] as const
    expect(replay(worse, { closedAfter: { P0: 720, P1: 720, P2: 720 } }).opened).toEqual({
      ...{ P0: 0, P1: 1, P2: 0 },
    })
  })

  test('who left, and who of them without a warning', () => {
    const { left, missed } = replay([
      [{}, { tier: 'P2' }, { gone: true }, {}, {}],
      [{ tier: 'P1' }, {}, { gone: true }, {}, { gone: true, tier: 'P0' }],
      [{ gone: true }, { gone: true }, { gone: true }, {}, {}],
    ])
    expect(left).toEqual([5, 1, 2])
    // 3 was gone before; 5 went without any case, and came back.
    expect(missed).toEqual([5])
  })

  test('new cases by person, and those without room; P0 always finds someone', () => {
    const wave = Array.from({ length: 8 }, (): Standing => ({ tier: 'P1' }))
    const calm = wave.map((): Standing => ({}))
    expect(Object.fromEntries(replay([calm, wave]).load)).toEqual({ lin: 4, zhou: 4 })
    const tight = replay([calm, wave], { capacity: 3 / 7 })
    expect([Object.fromEntries(tight.load), tight.deferred]).toEqual([{ lin: 3, zhou: 3 }, 2])
    const urgent = replay([calm, wave.map((): Standing => ({ tier: 'P0' }))], { capacity: 3 / 7 })
    expect(urgent.deferred).toBe(0)
  })
})
