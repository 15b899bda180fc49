import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_SLA } from '../../src/alerts/sla.ts'
import { isExpected } from '../../src/errors.ts'
import { refuseOtherChurn } from '../../src/learning/sidecar.ts'
import { GATE } from '../../src/reports/pilot.ts'
import { withChurnAsSet } from '../../src/settings/churn.ts'
import { gateOf } from '../../src/settings/effect.ts'
import {
  type NumberSetting,
  parseSetting,
  storedSetting,
  writtenSetting,
} from '../../src/settings/setting.ts'
import { refuseClash, SETTINGS, settingsFrom as settingsIn } from '../../src/settings/settings.ts'
import { SIGNAL_TERMS } from '../../src/signals/terms.ts'
import { shippedProfile } from '../features/shipped.ts'

const numbers = SETTINGS.filter((each): each is NumberSetting => each.kind === 'number')
const setting = fc.constantFrom(...numbers)
const settingsFrom = (stored: ReadonlyMap<string, unknown>) => settingsIn(stored, 'Asia/Shanghai')

describe('settings', () => {
  it('stand at their defaults, which fit their own ranges', () => {
    const settings = settingsFrom(new Map())
    expect(settings).toMatchObject({ sla: DEFAULT_SLA, watchDays: 30, wordsDays: 14, topShare: 0.3 })
    for (const each of SETTINGS) {
      expect(storedSetting(each, each.initial), each.name).toBe(each.initial)
      expect(settings.value(each.name)).toBe(each.initial)
    }
    expect(settings.working).toMatchObject({ days: new Set([1, 2, 3, 4, 5]), from: 9, to: 18 })
    expect(settings.atWorkOnly.size).toBe(0)
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

  it('take what they show, in either language, and shares in percent', () => {
    fc.assert(
      fc.property(setting, fc.double({ min: 0, max: 1, noNaN: true }), (each, share) => {
        // Times are shown to the minute.
        const value = Math.round((each.least + share * (each.most - each.least)) * 4) / 4
        fc.pre(value >= each.least && value <= each.most)
        const { zh, en } = writtenSetting(each, value)
        for (const shown of [zh, en]) expect(parseSetting(each, shown, each.initial)).toBe(value)
      }),
    )
    const named = (name: string) => SETTINGS.find((each) => each.name === name)!
    expect(parseSetting(named('value.top-share'), '33.3%', 0.3)).toBe(0.333)
    expect(parseSetting(named('hours.to'), '17:30', 18)).toBe(17.5)
    for (const wrong of ['9:60', '24:30', '5%', '9 hours'])
      expect(() => parseSetting(named('hours.to'), wrong, 18), wrong).toThrow('cannot be hours.to')
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

describe('settings that are not numbers', () => {
  const named = (name: string) => SETTINGS.find((each) => each.name === name)!
  it.each([
    ['sla.p1.hours', 'BUSINESS', 'business'],
    ['hours.days', 'Mon - Sat', 'mon-sat'],
    ['hours.days', 'sun-thu', 'sun-thu'],
    ['hours.days', 'mon, wed，fri', 'mon,wed,fri'],
    ['hours.holidays', '2026-10-02 2026-10-01，2026-10-01', '2026-10-01, 2026-10-02'],
    ['hours.holidays', 'none', ''],
  ])('%s takes %s', (name, words, value) => {
    expect(parseSetting(named(name), words, 'x')).toBe(value)
  })

  it.each([
    ['sla.p1.hours', 'sometimes', 'always (round the clock), business (working hours); it is now-value now'],
    ['hours.days', 'monday', 'mon-fri or mon,wed,sat'],
    ['hours.days', 'mon-tue-wed', 'mon-fri or mon,wed,sat'],
    ['hours.holidays', '2026-02-30', 'dates like 2026-10-01'],
    ['hours.holidays', 'tomorrow', 'dates like 2026-10-01'],
    ['hours.holidays', Array.from({ length: 61 }, (_, day) => date(day)).join(' '), '60 at most'],
  ])('%s refuses %s and says what it takes', (name, words, hint) => {
    const error = thrown(() => parseSetting(named(name), words, 'now-value'))
    if (!isExpected(error)) throw new Error(`not refused: ${words}`)
    expect(error.explain('en')).toContain(hint)
    expect(error.explain('zh')).toContain('现在是 now-value')
  })

  it('never take any text at all for something else', () => {
    const list = fc.constantFrom(...SETTINGS.filter(({ kind }) => kind !== 'number'))
    fc.assert(
      fc.property(list, fc.string(), (each, words) => {
        const stored = storedSetting(each, words)
        if (stored !== null) expect(storedSetting(each, stored)).toBe(stored)
      }),
    )
  })

  it('refuse a working day that ends before it begins', () => {
    const settings = settingsFrom(new Map())
    expect(() => refuseClash('hours.from', 8, settings)).not.toThrow()
    const error = thrown(() => refuseClash('hours.from', 18, settings))
    expect(isExpected(error) && error.explain('en')).toContain(
      'Work would begin at 18 and end at 18 o’clock.',
    )
    // Stored by an older version, or by hand: still a day somebody could work in.
    const { working } = settingsFrom(new Map([['hours.from', 20]]))
    expect(working.to).toBeGreaterThan(working.from)
  })
})

describe('what the signals and a pilot go by', () => {
  it('is as SPEC says, and as it is set', () => {
    const standard = settingsFrom(new Map())
    expect(standard.signalTerms).toEqual(SIGNAL_TERMS)
    expect(gateOf(standard.value)).toEqual(GATE)
    const { signalTerms, value } = settingsFrom(
      new Map([
        ['silence.days', 60],
        ['emotion.sigmas', 4],
        ['emotion.fan-nps', 10],
        ['pilot.lead', 14],
      ]),
    )
    expect(signalTerms.silence).toEqual({ ...SIGNAL_TERMS.silence, days: 60 })
    expect(signalTerms.emotion).toMatchObject({ sigmas: 4, fan: { nps: 10 }, strong: { sigmas: 4 } })
    expect(gateOf(value)).toEqual({ ...GATE, lead: 14 })
  })
})

describe('what leaving means', () => {
  const auto = shippedProfile('auto')
  const sidecar = {
    name: 'auto-1',
    label: { ...auto.churn, cancelled: 'cancelled', horizonDays: 60, gapDays: 0 },
  }
  const set = (...pairs: [string, string][]) => withChurnAsSet(auto, settingsFrom(new Map(pairs)).value)

  it('is the profile’s until it is set', () => {
    expect(set()).toBe(auto)
    expect(set(['churn.months', '9']).churn).toEqual({ ...auto.churn, inactiveDays: 270 })
    expect(set(['churn.parts', 'gone']).churn.kinds).toEqual(['visit', 'login', 'contract_renewed'])
    expect(settingsFrom(new Map([['churn.months', '13']])).value('churn.months')).toBe('profile')
  })

  it('of another kind than a model has learned refuses the model', () => {
    expect(() => refuseOtherChurn(sidecar, set().churn)).not.toThrow()
    expect(() => refuseOtherChurn(sidecar, set(['churn.months', '9']).churn)).toThrow(
      /for 180 days; now it is .* for 270 days/,
    )
    expect(() => refuseOtherChurn(sidecar, set(['churn.parts', 'gone']).churn)).toThrow('has learned')
  })
})

describe('bands of the model', () => {
  it('are the defaults of SPEC, and what is set', () => {
    expect(settingsFrom(new Map()).bands).toEqual({ critical: 0.8, high: 0.6, medium: 0.4, watch: 0.2 })
    expect(settingsFrom(new Map([['band.p2', 0.5]])).bands.medium).toBe(0.5)
  })

  it('must descend', () => {
    const settings = settingsFrom(new Map())
    expect(() => refuseClash('band.p2', 0.35, settings)).not.toThrow()
    const error = thrown(() => refuseClash('band.p2', 0.6, settings))
    if (!isExpected(error)) throw new Error('not refused')
    expect(error.explain('en')).toContain('band.p1 must lie above band.p2; they would be 0.6 and 0.6.')
    expect(error.explain('zh')).toContain('先改 band.p1')
    expect(thrown(() => refuseClash('band.p2', 0.2, settings))).not.toBeNull()
    // Stored by hand: better the defaults than a tier nobody can reach.
    expect(settingsFrom(new Map([['band.p2', 0.9]])).bands.medium).toBe(0.4)
  })
})

it('what a contact costs and brings can be set', () => {
  expect(settingsFrom(new Map([['act.cost', 80]])).economics).toEqual({ cost: 80, value: 2_000, saved: 0.3 })
})

const date = (day: number): string => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10)

function thrown(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  return null
}
