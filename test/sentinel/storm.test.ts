import { describe, expect, it } from 'vitest'
import { explains, merged, type Told } from '../../src/sentinel/merge.ts'
import type { Series } from '../../src/sentinel/series.ts'
import {
  courseOf,
  refusesClaim,
  refusesClose,
  refusesTakingBack,
  type Storm,
} from '../../src/sentinel/storm.ts'

const at = (hours: number) => new Date(Date.parse('2026-06-01T00:00:00Z') + hours * 3_600_000)
const told = (kind: Series['kind'], key: string, excess: number, ids: readonly number[]): Told => ({
  rise: {
    series: { kind, key, site: '', counts: [], bad: [] },
    what: 'volume',
    days: 1,
    excess,
    chance: 1e-9,
  },
  voices: new Set(ids.map(String)),
})
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)
const keys = (of: readonly Told[]) =>
  merged(of).map(({ storm, also }) => [storm.rise.series.key, also.map(({ rise }) => rise.series.key).sort()])

describe('many series, one storm', () => {
  const waiting = told('topic', 'service.waiting', 32, range(0, 36))
  const service = told('topic', 'service', 30, range(0, 60))
  const here = told('topic-site', 'service.waiting', 30, range(0, 34))
  const site = told('site', 'Hongqiao', 28, range(0, 50))

  it('is told by the most specific series that explains the others', () => {
    expect(explains(here, site)).toBe(true)
    expect(merged([service, site, waiting, here])).toEqual([
      { storm: here, also: expect.arrayContaining([service, site, waiting]) },
    ])
  })

  it('is not told by a site that has only a part of it', () => {
    const part = told('topic-site', 'service.waiting', 9, range(0, 11))
    expect(keys([waiting, part])).toEqual([['service.waiting', ['service.waiting']]])
    expect(merged([waiting, part])[0]!.storm).toBe(waiting)
  })

  it('leaves apart what other people say', () => {
    expect(keys([waiting, told('topic', 'price', 20, range(100, 130))])).toEqual([
      ['service.waiting', []],
      ['price', []],
    ])
  })
})

const storm = (more: Partial<Storm> = {}): Storm => ({
  ...{ id: 'x', no: 3, kind: 'topic', key: 'service', site: '', what: 'volume', version: 1 },
  ...{ startedAt: at(0), hotAt: at(0), endedAt: null, closedAt: null, closedBy: null, cause: null, note: '' },
  ...{ owner: null, claimedAt: null },
  figures: {
    ...{ count: 30, voices: 30, peak: 30, usual: { low: 4, high: 9 }, usualShare: 0.2 },
    ...{ days: [], customers: 1, valueMinor: 0, also: [] },
  },
  ...more,
})

describe('the life of a storm', () => {
  const stand = (volume: boolean) => ({
    ...{ count: 1, bad: 0, usual: { low: 0, high: 2 }, usualShare: 0.2 },
    hot: { volume, negative: false },
  })

  it('goes on while it is loud or rises, and ends after three calm days', () => {
    expect(courseOf(storm(), stand(true), false, at(200))).toBe('goes-on')
    expect(courseOf(storm(), stand(false), true, at(200))).toBe('goes-on')
    expect(courseOf(storm(), stand(false), false, at(71))).toBe('calms')
    expect(courseOf(storm(), stand(false), false, at(72))).toBe('ends')
    expect(courseOf(storm(), null, false, at(72))).toBe('ends')
  })

  it('is claimed by one, and closed also after it is over', () => {
    expect(refusesClaim(storm(), 'lin')).toBeNull()
    expect(refusesClaim(storm({ owner: 'lin' }), 'lin')).toBeNull()
    expect(refusesClaim(storm({ owner: 'lin' }), 'zhou')).toBe('theirs')
    expect(refusesClaim(storm({ endedAt: at(1) }), 'lin')).toBe('over')
    expect(refusesClose(storm({ endedAt: at(1) }))).toBeNull()
    expect(refusesClose(storm({ closedAt: at(1) }))).toBe('over')
  })

  it('gives back the last step, to who made it, for a minute', () => {
    const claimed = storm({ owner: 'lin', claimedAt: at(1) })
    const back = (of: Storm, who: string, when: Date) => refusesTakingBack(of, who, when, 60_000)
    expect(back(claimed, 'lin', at(1))).toBeNull()
    expect(back(claimed, 'zhou', at(1))).toBe('not-yours')
    expect(back(claimed, 'lin', at(2))).toBe('too-late')
    expect(back(storm(), 'lin', at(1))).toBe('nothing')
    expect(back({ ...claimed, closedAt: at(3), closedBy: 'zhou' }, 'zhou', at(3))).toBeNull()
  })
})
