import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_SLA } from '../src/alerts/sla.ts'
import { isExpected } from '../src/errors.ts'
import { parseSetting, SETTINGS, settingsFrom } from '../src/settings.ts'

const setting = fc.constantFrom(...SETTINGS)

describe('settings', () => {
  it('stand at their defaults, which fit their own ranges', () => {
    const settings = settingsFrom(new Map())
    expect(settings).toMatchObject({ sla: DEFAULT_SLA, watchDays: 30, wordsDays: 14, topShare: 0.3 })
    for (const { name, initial, least, most } of SETTINGS) {
      expect(initial, name).toBeGreaterThanOrEqual(least)
      expect(initial, name).toBeLessThanOrEqual(most)
      expect(settings.value(name)).toBe(initial)
    }
    expect(new Set(SETTINGS.map(({ name }) => name)).size).toBe(SETTINGS.length)
  })

  it('reach what they set', () => {
    const stored = new Map([
      ['sla.p0.claim', 4],
      ['watch.days', 60],
      ['words.days', 7],
      ['value.top-share', 0.2],
    ])
    const settings = settingsFrom(stored)
    expect(settings).toMatchObject({
      sla: { P0: { claim: 4, reach: 24 } },
      watchDays: 60,
      wordsDays: 7,
      topShare: 0.2,
    })
  })

  it('fall back to the default where what is stored no longer fits', () => {
    for (const bad of ['4', null, -1, 1e9, Number.NaN, { now: 1 }]) {
      expect(settingsFrom(new Map<string, unknown>([['sla.p0.claim', bad]])).value('sla.p0.claim')).toBe(2)
    }
  })

  it('take every number of their range as it is typed', () => {
    fc.assert(
      fc.property(setting, fc.double({ min: 0, max: 1, noNaN: true }), (each, share) => {
        const value = Number((each.least + share * (each.most - each.least)).toFixed(3))
        fc.pre(value >= each.least && value <= each.most)
        expect(parseSetting(each, ` ${value} `, each.initial)).toBe(value)
      }),
    )
  })

  it('refuse everything else, naming the range and what stands now in both languages', () => {
    const other = fc.oneof(
      fc.constantFrom('', '-1', '1e9', 'NaN', '0x10', '２', '4h', '1,5', '∞', '1; DROP TABLE setting'),
      fc.string(),
    )
    fc.assert(
      fc.property(setting, other, (each, words) => {
        const value = /^\d+(\.\d+)?$/.test(words.trim()) ? Number(words) : Number.NaN
        fc.pre(!(value >= each.least && value <= each.most))
        const error = thrown(() => parseSetting(each, words, 3))
        if (!isExpected(error)) throw new Error(`not refused: ${words}`)
        expect(error.code).toBe('BAD_INPUT')
        for (const said of [error.explain('en'), error.explain('zh')]) {
          for (const part of [each.name, String(each.least), String(each.most), '3'])
            expect(said).toContain(part)
        }
      }),
    )
  })
})

function thrown(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  return null
}
