import type { ValueTier } from '../records/record.ts'
import type { DayNumber } from './calendar.ts'
import { dayNumber } from './calendar.ts'
import { openStream, shuffled } from './random.ts'

/** Why a customer leaves. `warranty` drifts off once the warranty has run out; `let-down` was a fan before. */
export type Leaving = 'silent' | 'angry' | 'lured' | 'moved' | 'warranty' | 'let-down' | 'life-change'
export const LEAVINGS: readonly Leaving[] = [
  ...(['silent', 'angry', 'lured', 'moved', 'warranty', 'let-down', 'life-change'] as const),
]

/** Customers who stay and yet look, now and then, as if they might not. `talker`: goodbyes, how-to, negations. */
export type LookAlike = 'complainer' | 'seasonal' | 'quiet' | 'one-off' | 'talker'
export const LOOK_ALIKES: readonly LookAlike[] = ['complainer', 'seasonal', 'quiet', 'one-off', 'talker']

/** What the simulator knows of a customer and no file ever says. */
export interface Role {
  readonly value: ValueTier
  readonly leaving: Leaving | null
  readonly alike: LookAlike | null
  /** The day the customer turns away; Infinity for those who stay. */
  readonly turn: DayNumber
  /** Says it in words no one can mistake: refund, terminate, going elsewhere. */
  readonly sharp: boolean
  /** Of the storm after the May 2026 software update. */
  readonly storm: boolean
}

/**
 * How many customers of 2,000 turn away per day, from a day on. Departures were rare; they rise in the winter of
 * 2025, when a competitor opens next door, and again after a software update on 10 May 2026 that went wrong.
 */
const RATES: Readonly<Record<Leaving, readonly (readonly [string, number])[]>> = {
  silent: [
    ['2023-09-01', 0.11],
    ['2025-12-01', 0.18],
  ],
  angry: [
    ['2023-09-01', 0.04],
    ['2025-12-01', 0.1],
    ['2026-05-10', 0.95],
    ['2026-06-25', 0.35],
  ],
  lured: [
    ['2023-09-01', 0.04],
    ['2025-12-01', 0.1],
  ],
  moved: [
    ['2023-09-01', 0.03],
    ['2025-12-01', 0.08],
  ],
  warranty: [
    ['2023-09-01', 0.03],
    ['2025-12-01', 0.1],
  ],
  'let-down': [
    ['2023-09-01', 0.015],
    ['2025-12-01', 0.065],
  ],
  'life-change': [
    ['2023-09-01', 0.03],
    ['2025-12-01', 0.06],
  ],
}

/** After this day no one else turns away: the demo's script is about eighteen months long. */
export const SCRIPT_END = dayNumber('2027-12-01')
/** The day of the software update. */
export const STORM = dayNumber('2026-05-10')

/** Share of high-value and of sharp-tongued customers among those who leave for a reason. */
const HIGH: Readonly<Record<Leaving, number>> = {
  silent: 0.25,
  angry: 0.46,
  lured: 0.3,
  moved: 0.2,
  warranty: 0.15,
  'let-down': 0.5,
  'life-change': 0.2,
}
const SHARP: Readonly<Record<Leaving, number>> = {
  silent: 0,
  angry: 0.78,
  lured: 0.3,
  moved: 0,
  warranty: 0,
  'let-down': 0.5,
  'life-change': 0,
}

const ALIKE: readonly (readonly [LookAlike, number])[] = [
  ['complainer', 0.05],
  ['seasonal', 0.13],
  ['quiet', 0.16],
  ['one-off', 0.03],
  ['talker', 0.1],
]

// Low-discrepancy steps: shares come out nearly exact for every seed, so no run is short of any kind of life.
const GOLDEN = 0.6180339887498949
const SILVER = 0.41421356237309515

/** Gives each of `count` customers a part to play; depends on the seed and the count only. */
export function cast(seed: string, count: number): Role[] {
  const draw = openStream(seed, 'casting')
  const order = shuffled(draw, count)
  const roles: Role[] = new Array(count)
  const leavers = LEAVINGS.flatMap((leaving) => departures(leaving, count / 2000, draw()))
  leavers.sort((a, b) => a.turn - b.turn || LEAVINGS.indexOf(a.leaving!) - LEAVINGS.indexOf(b.leaving!))
  const phase = draw()
  order.forEach((customer, place) => {
    roles[customer] = leavers[place] ?? stayer(place - leavers.length, phase)
  })
  return roles
}

/** Everyone who leaves for one reason: evenly spread over time at the reason's rate. */
function departures(leaving: Leaving, scale: number, phase: number): Role[] {
  const roles: Role[] = []
  const steps = RATES[leaving]
  let owed = phase
  for (let day = dayNumber(steps[0]![0]); day < SCRIPT_END; day += 1) {
    const rate = steps.findLast(([from]) => day >= dayNumber(from))![1]
    owed += rate * scale
    if (owed < 1) continue
    owed -= 1
    const spread = (part: number) => (phase + (roles.length + 1) * part) % 1
    roles.push({
      value: tierAt(spread(GOLDEN), HIGH[leaving]),
      leaving,
      alike: null,
      turn: day,
      sharp: spread(SILVER) < SHARP[leaving],
      storm: leaving === 'angry' && day >= STORM && day < STORM + 60 && roles.length % 3 !== 0,
    })
  }
  return roles
}

function stayer(place: number, phase: number): Role {
  const value = tierAt((phase + place * GOLDEN) % 1, 0.16)
  let left = (phase + place * SILVER) % 1
  let alike: LookAlike | null = null
  for (const [kind, share] of ALIKE) {
    if (left >= 0 && left < share) alike = kind
    left -= share
  }
  // Of those hit by the software update many were as loud, and stayed.
  const storm = alike === 'complainer' && (phase + place * GOLDEN * SILVER) % 1 < 0.3
  return { value, leaving: null, alike, turn: Number.POSITIVE_INFINITY, sharp: false, storm }
}

function tierAt(level: number, high: number): ValueTier {
  if (level < high) return 'high'
  return level < high + (1 - high) * 0.44 ? 'mid' : 'low'
}
