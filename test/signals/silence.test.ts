import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wordlessSignals } from '../../src/signals/index.ts'
import { SILENCE, silenceSignal } from '../../src/signals/silence.ts'
import { customerWith, DAY, every, type Life, NOW, profile } from './customer.ts'

const signal = silenceSignal(profile)
const read = (life: Life) => signal.read(customerWith(life))

/** A voice or ticket every eight days until 100 days ago: eleven in the three months before the silence. */
const spoke = (last = 100) => every(8, last + 160, last)
const stopped = { visit: every(40, 460, 120), login: every(3, 240, 100) }

test('a silence is as long, and as surely confirmed, as an admin has set it; also night after night', () => {
  const recent = { visit: every(40, 460, 120), login: every(3, 240, 75) }
  const firedBy = (life: Life, terms: object) =>
    wordlessSignals(profile, 'UTC', new Set(), { ...SILENCE, ...terms })[0]!.read(customerWith(life))?.fired
  const short = { events: { voice: spoke(70), ...recent } }
  expect([firedBy(short, {}), firedBy(short, { days: 60, least: 6 }), firedBy(short, {})]).toEqual([
    false,
    true,
    false,
  ])
  const labelsOf = (days: number) =>
    silenceSignal(profile, new Set(), { ...SILENCE, days, least: 6 })
      .read(customerWith(short))!
      .evidence.map((piece) => ('label' in piece ? piece.label.en : ''))
  expect(labelsOf(60)).toContain('purchases (the year before → last 60 days)')
  const some = { events: { voice: spoke(), ...stopped, login: [...every(3, 178, 91), ...every(10, 90, 1)] } }
  expect([firedBy(some, {}), firedBy(some, { logins: 0.6 })]).toEqual([false, true])
})

describe('someone who used to speak and has gone silent', () => {
  test.each<[string, Life, object | null]>([
    [
      'confirmed by logins and purchases',
      { events: { voice: spoke(), ...stopped } },
      { fired: true, strong: true },
    ],
    ['tickets count as words', { events: { ticket_opened: spoke(), ...stopped } }, { fired: true }],
    [
      'still logging in',
      { events: { voice: spoke(), ...stopped, login: every(3, 240, 1) } },
      { fired: false },
    ],
    [
      'logins fell by 70% only',
      { events: { voice: spoke(), ...stopped, login: [...every(3, 178, 91), ...every(10, 90, 1)] } },
      { fired: false },
    ],
    [
      'logins fell by 90%',
      { events: { voice: spoke(), ...stopped, login: [...every(3, 178, 91), 20, 40] } },
      { fired: true },
    ],
    ['still coming', { events: { voice: spoke(), ...stopped, visit: every(40, 460, 20) } }, { fired: false }],
    ['a yearly visitor on time', { events: { voice: spoke(), visit: [830, 465, 100] } }, { fired: false }],
    ['only purchases are measured', { events: { voice: spoke(), visit: stopped.visit } }, { fired: true }],
    ['only logins are measured', { events: { voice: spoke(), login: stopped.login } }, { fired: true }],
    ['nothing is measured that could tell', { events: { voice: spoke() } }, null],
    ['spoke 80 days ago', { events: { voice: spoke(80), ...stopped } }, { fired: false }],
    ['spoke twice a month', { events: { voice: every(15, 260, 100), ...stopped } }, { fired: false }],
    [
      'one long affair, then nothing',
      { events: { voice: every(1, 112, 100), ...stopped } },
      { fired: false },
    ],
    [
      'silent as long before, and came back',
      { events: { voice: [...every(8, 500, 400), ...every(8, 190, 100)], ...stopped } },
      { fired: false },
    ],
    [
      'a stray word long after the others',
      {
        events: {
          voice: [...every(6, 300, 160), 110],
          visit: every(40, 500, 140),
          login: every(3, 300, 150),
        },
      },
      { fired: true },
    ],
    [
      'spoke now and then before it became a habit',
      { events: { voice: [900, 600, 300, ...spoke()], ...stopped } },
      { fired: true },
    ],
    [
      'few logins, and yet some of late',
      { events: { voice: spoke(), visit: stopped.visit, login: [150, 120, 40] } },
      { fired: false },
    ],
    [
      'three affairs in bursts, no rhythm',
      {
        events: { voice: [...every(1, 188, 186), ...every(1, 142, 140), ...every(1, 103, 100)], ...stopped },
      },
      { fired: false },
    ],
    ['never said a word', { events: stopped }, null],
  ])('%s', (_, life, expected) => {
    if (expected === null) expect(read(life)).toBeNull()
    else expect(read(life)).toMatchObject(expected)
  })

  test('shows the rhythm, how unlikely the silence is, and what confirms it', () => {
    const reading = read({ events: { voice: spoke(), ...stopped } })!
    const [rhythm, logins, purchases] = reading.evidence
    expect(rhythm).toMatchObject({ kind: 'rhythm', event: 'voice', usualDays: 8, quietDays: 100 })
    if (rhythm?.kind !== 'rhythm') throw new Error('the rhythm comes first')
    expect(rhythm.chance).toBeLessThan(0.001)
    expect(logins).toMatchObject({ kind: 'change', feature: 'silence_login', after: 0, how: 'to-nothing' })
    expect(purchases).toMatchObject({ kind: 'change', feature: 'silence_purchase', before: 8, after: 0 })
    expect(reading.basis).toEqual(['voice', 'ticket_opened', 'login', 'visit'])
    expect(reading.strength).toBeGreaterThan(0.9)
  })

  test('is dated by the last of what made it true: the words, the logins or the visits', () => {
    const ago = (life: Life) => (NOW - read(life)!.at) / DAY
    expect(ago({ events: { voice: spoke(100), visit: every(40, 620, 300) } })).toBeCloseTo(10)
    expect(ago({ events: { voice: spoke(150), visit: every(40, 460, 100) } })).toBeLessThan(12)
  })

  test.each(['voice', 'login', 'visit'])('is held back while the feed of %s is unhealthy', (kind) => {
    const history = customerWith({ events: { voice: spoke(), ...stopped } })
    expect(silenceSignal(profile, new Set([kind])).read(history)).toMatchObject({
      fired: false,
      strength: 0,
      held: { reason: 'feed-unhealthy', kinds: [kind] },
    })
    expect(silenceSignal(profile, new Set(['order'])).read(history)).toMatchObject({ fired: true })
    const healthy = customerWith({ events: { voice: spoke(1), ...stopped } })
    expect(silenceSignal(profile, new Set([kind])).read(healthy)!.held).toBeUndefined()
  })
})

const days = fc.array(fc.integer({ min: 1, max: 600 }), { maxLength: 40 })
test('for any history: a word in the last 90 days or healthy behaviour never is a silence', () => {
  fc.assert(
    fc.property(days, days, days, fc.integer({ min: 1, max: 89 }), (voice, visit, login, recent) => {
      const speaking = read({ events: { voice: [...voice, recent], visit, login } })
      expect(speaking?.fired ?? false).toBe(false)
      const buying = read({ events: { voice, login, visit: [...visit, recent] } })
      expect(buying?.fired ?? false).toBe(false)
      const any = read({ events: { voice, visit, login } })
      if (any?.fired) expect(any.at).toBeLessThanOrEqual(NOW)
    }),
  )
})
