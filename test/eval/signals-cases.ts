import { SOON } from '../../src/alerts/warning.ts'
import { DAY } from '../../src/clock.ts'
import { DEMO_START, dayNumber, OPENING } from '../../src/demo/calendar.ts'
import type { Leaving } from '../../src/demo/casting.ts'
import { SILENCE } from '../../src/signals/silence.ts'
import { type DemoNights, demoNights, SEEN } from './demo-nights.ts'
import { isHealthy, type Speakers, speakersOf, ticketsOf } from './signals-silence.ts'

export const SIGNALS = ['emotion', 'words', 'silence'] as const
export type Watched = (typeof SIGNALS)[number]

/**
 * Why people leave whom a signal is there to catch. Emotion: those who were content and are not any more. Words: those who
 * have a reason they could name. Silence: those who leave without a word.
 */
export const CATCHES: Readonly<Record<Watched, readonly Leaving[]>> = {
  emotion: ['angry', 'let-down'],
  words: ['angry', 'let-down', 'lured', 'moved', 'warranty', 'life-change'],
  silence: ['silent'],
}

/** The first time a signal spoke of a customer. Days count from the opening. */
export interface Warning {
  readonly signal: Watched
  readonly customer: string
  readonly day: number
  /** They leave within 60 days, or have stopped coming and nobody knows it yet. */
  readonly right: boolean
  /** Right, and for a reason the signal is there to catch. */
  readonly ofCause: boolean
}

/** Someone a signal should have caught, and how many days before they left it spoke; null: it did not. */
export interface Leaver {
  readonly signal: Watched
  readonly cause: Leaving
  readonly lead: number | null
}

export interface Cases {
  readonly warnings: readonly Warning[]
  readonly leavers: readonly Leaver[]
  readonly stayers: number
  readonly days: number
  /** Speakers who fell silent for as long as the signal asks although all was well, and how many of them it spoke of. */
  readonly healthy: { readonly silent: number; readonly warned: number }
}

/** One life of the company, morning by morning from `days` before the opening until as many after it. */
export async function casesOf({ seed, quick }: { seed: string; quick: boolean }): Promise<Cases> {
  const days = quick ? 8 : 60
  let speakers: Speakers = new Map()
  const nights = await demoNights({
    ...{ seed, days, customers: quick ? 300 : 2000 },
    besides: (company) => {
      speakers = speakersOf(company)
      return ticketsOf(company, speakers)
    },
  })
  const spoke = new Map(SIGNALS.map((signal) => [signal, new Map<string, number>()]))
  const healthy = { silent: new Set<string>(), warned: new Set<string>() }
  const places = new Map(nights.columns.facts.map(({ id }, place) => [id, place]))
  for (let day = -days; day <= days; day += quick ? 4 : 1) {
    const asOf = DEMO_START.getTime() + day * DAY
    for (const { customer, readings, reason } of await nights.judge(day, null)) {
      // Of those who are known to have left nobody is told anything.
      if (reason === 'already-gone') continue
      const fired = readings.filter((reading) => reading.fired)
      for (const [signal, first] of spoke) {
        const reading = fired.find((one) => one.signal === signal)
        if (reading === undefined || first.has(customer)) continue
        // What holds on the first morning began before it.
        first.set(customer, day > -days ? day : Math.floor((reading.at - DEMO_START.getTime()) / DAY))
      }
      const stopped = speakers.get(customer) ?? Number.POSITIVE_INFINITY
      const isSilent = stopped <= day - SILENCE.days
      const isWarned = fired.some(({ signal }) => signal === 'silence')
      if (!isSilent && !isWarned) continue
      if (!isHealthy(nights.columns, places.get(customer)!, asOf)) continue
      healthy.silent.add(customer)
      if (isWarned) healthy.warned.add(customer)
    }
  }
  return {
    ...graded(nights, spoke, days, speakers),
    days: 2 * days,
    healthy: { silent: healthy.silent.size, warned: healthy.warned.size },
  }
}

type Spoke = ReadonlyMap<Watched, ReadonlyMap<string, number>>

function graded(nights: DemoNights, spoke: Spoke, days: number, speakers: Speakers) {
  const truth = nights.company.truth()
  const causeOf = new Map(truth.map(({ customer, leaving }) => [customer, leaving]))
  const warnings = [...spoke].flatMap(([signal, first]) =>
    [...first].map(([customer, day]): Warning => {
      const leaves = nights.leaves(customer, day)
      const right = leaves !== null && leaves <= day + SOON
      const cause = causeOf.get(customer) ?? null
      return {
        signal,
        customer,
        day,
        right,
        ofCause: right && cause !== null && CATCHES[signal].includes(cause),
      }
    }),
  )
  const leavers = truth.flatMap(({ customer, leaving, turned }): Leaver[] => {
    if (leaving === null) return []
    const turn = dayNumber(turned!) - OPENING
    if (turn > days) return []
    const leaves = nights.leaves(customer, turn)
    if (leaves === null) return []
    return SIGNALS.filter((signal) => CATCHES[signal].includes(leaving)).flatMap((signal) => {
      if (!isDue(signal, leaves, days) || (signal === 'silence' && !speakers.has(customer))) return []
      const day = spoke.get(signal)!.get(customer)
      const until = signal === 'silence' ? leaves + SEEN : leaves
      return [{ signal, cause: leaving, lead: day === undefined || day > until ? null : leaves - day }]
    })
  })
  return { warnings, leavers, stayers: truth.filter(({ leaving }) => leaving === null).length }
}

/**
 * True where the mornings show all that a signal could have said: of a silence, which must last before it is one, until the
 * company would know by itself that the customer is gone; else until the day they leave.
 */
function isDue(signal: Watched, leaves: number, days: number): boolean {
  if (signal === 'silence') return leaves >= -days - SEEN && leaves + SEEN <= days
  return leaves >= 0 && leaves < days
}
