import type { ValueTier } from '../records/record.ts'
import type { CarModel, Store } from './brand.ts'
import { MODELS, STORES } from './brand.ts'
import type { DayNumber } from './calendar.ts'
import { OPENING } from './calendar.ts'
import type { Role } from './casting.ts'
import { nameOf } from './names.ts'
import type { Draw } from './random.ts'
import { between, chance, openStream, pickWeighted, whole } from './random.ts'

/** Who a customer is and what they are used to doing. Gaps are days between two of a kind; Infinity is never. */
export interface Persona {
  readonly no: number
  readonly id: string
  readonly name: string
  readonly phone: string
  readonly language: 'zh' | 'en'
  readonly value: ValueTier
  readonly store: Store
  readonly model: CarModel
  readonly joined: DayNumber
  readonly warrantyEnd: DayNumber
  readonly renews: boolean
  readonly consent: boolean
  readonly distanceKm: number
  readonly usage: string
  readonly kmPerDay: number
  /** Bills against the usual price. */
  readonly spend: number
  readonly visitGap: number
  /** How far a visit may stray from the beat, as a share of the gap. */
  readonly visitSway: number
  readonly loginGap: number
  /** Weeks of every year without a visit, as day of the year and length: winters in the south, a season abroad. */
  readonly away: { readonly from: number; readonly days: number } | null
  /** Odds of answering the survey after a visit. */
  readonly answers: number
  /** Rating this customer usually gives, 0-10. */
  readonly kindness: number
  readonly device: 'iOS' | 'Android'
}

const USAGES: readonly (readonly [string, number])[] = [
  ['家用', 0.72],
  ['商务', 0.16],
  ['网约车', 0.05],
  ['长途自驾', 0.07],
]

/** Makes up the person for a part. `joinedBy`: first purchase must be before this day. */
export function personaOf(seed: string, no: number, role: Role, joined?: DayNumber): Persona {
  const draw = openStream(seed, 'persona', no)
  const language = chance(draw, 0.06) ? 'en' : 'zh'
  const model = modelOf(draw, role)
  const store = pickWeighted(
    draw,
    STORES.map((one) => [one, one.share] as const),
  )
  const since = joined ?? joinedOf(draw, role, model)
  return {
    no,
    id: `YS${String(100_000 + no)}`,
    name: nameOf(draw, language),
    phone: phoneOf(seed, no),
    language,
    value: role.value,
    store,
    model,
    joined: since,
    warrantyEnd: since + Math.round(model.warrantyYears * 365.25),
    renews: role.leaving === null && chance(draw, role.value === 'high' ? 0.85 : 0.62),
    consent: chance(draw, 0.97),
    distanceKm: Math.round(between(draw, 1, 9) ** 1.4 * 10) / 10,
    usage: pickWeighted(draw, USAGES),
    kmPerDay: between(draw, 18, 62),
    spend: { high: between(draw, 1.7, 2.8), mid: between(draw, 0.9, 1.4), low: between(draw, 0.5, 0.9) }[
      role.value
    ],
    ...habitsOf(draw, role),
    device: chance(draw, 0.45) ? 'iOS' : 'Android',
  }
}

function habitsOf(draw: Draw, role: Role) {
  const away = role.alike === 'seasonal' ? awayEachYear(draw) : null
  const regular = chance(draw, regularOdds(role))
  const keen = chance(draw, keenOdds(role))
  const fan = role.leaving === 'let-down'
  return {
    away,
    visitGap: away === null ? visitGap(draw, role, regular) : between(draw, 28, 46),
    visitSway: role.alike === 'quiet' ? 0.08 : role.alike === 'seasonal' && away === null ? 0.12 : 0.26,
    loginGap: loginGap(draw, role, keen),
    answers: role.alike === 'quiet' ? 0.02 : fan ? 0.75 : between(draw, 0.1, 0.4),
    kindness: fan ? 9.7 : between(draw, 8.6, 9.5),
  }
}

/** A third of the seasonal customers come often and then not at all for a few months; the others come twice a year. */
function awayEachYear(draw: Draw): Persona['away'] {
  const pauses = chance(draw, 0.34)
  const pause = { from: whole(draw, 0, 364), days: whole(draw, 80, 125) }
  return pauses ? pause : null
}

function regularOdds(role: Role): number {
  if (role.leaving === null) return role.value === 'high' ? 0.7 : 0.36
  return role.leaving === 'warranty' ? 0.4 : 0.78
}

function keenOdds(role: Role): number {
  if (role.alike === 'quiet') return 0
  if (role.leaving === 'silent') return 0.4
  return role.value === 'high' ? 0.16 : 0.05
}

function visitGap(draw: Draw, role: Role, regular: boolean): number {
  if (role.alike === 'seasonal') return between(draw, 152, 205)
  if (role.alike === 'quiet') return between(draw, 128, 160)
  return regular ? between(draw, 28, 46) : between(draw, 108, 140)
}

function loginGap(draw: Draw, role: Role, keen: boolean): number {
  if (keen) return between(draw, 2, 3.1)
  if (role.alike === 'quiet') return between(draw, 45, 100)
  return between(draw, 12, 30)
}

// Owners of the electric model carry the storm after the software update.
function modelOf(draw: Draw, role: Role): CarModel {
  const chosen = pickWeighted(
    draw,
    MODELS.map((model) => [model, model.share] as const),
  )
  return role.storm ? MODELS.find((model) => model.electric)! : chosen
}

/** First purchase: long before the turn for those who leave; a warranty case turns as the warranty runs out. */
function joinedOf(draw: Draw, role: Role, model: CarModel): DayNumber {
  if (role.leaving === 'warranty') {
    return role.turn + whole(draw, 8, 26) - Math.round(model.warrantyYears * 365.25)
  }
  if (role.leaving !== null) return Math.min(role.turn, OPENING) - whole(draw, 300, 1500)
  return OPENING - whole(draw, 25, 2450)
}

/** Numbers beginning 100 are never given to a Chinese mobile; the product is one-to-one, so none repeats. */
function phoneOf(seed: string, no: number): string {
  const offset = Math.floor(openStream(seed, 'phones')() * 89_999_999)
  return `100${String(10_000_000 + ((no * 48_271 + offset) % 89_999_999))}`
}
