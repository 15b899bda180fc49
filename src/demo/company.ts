import { ForeshockError } from '../errors.ts'
import type { CalendarDay } from '../records/record.ts'
import { text } from '../text.ts'
import type { DayNumber } from './calendar.ts'
import { dayNumber, dayOf, HISTORY_START, OPENING } from './calendar.ts'
import type { Role } from './casting.ts'
import { cast } from './casting.ts'
import type { Reaction } from './contact.ts'
import { contactLife } from './contact.ts'
import { liveDay } from './day.ts'
import type { Footprints } from './foresight.ts'
import { relive } from './foresight.ts'
import type { Conversation, Life } from './life.ts'
import { beginLife } from './life.ts'
import { personaOf } from './persona.ts'
import { openStream } from './random.ts'
import type { CustomerRow, DayRows } from './rows.ts'
import { emptyRows } from './rows.ts'
import { customerRow } from './snapshot.ts'
import type { Truth } from './truth.ts'
import { truthOf } from './truth.ts'

/** Somebody of the team spoke with a customer, known by their telephone, on a day. `id` tells it from any other time. */
export interface Spoken extends Conversation {
  readonly id: string
  readonly phone: string
}

/**
 * The demo company. It moves one day at a time, never back, and the same seed always lives the same days however
 * they are asked for.
 */
export interface Company {
  readonly seed: string
  /** The last day lived through; null before the first. */
  readonly today: CalendarDay | null
  /** Lives the next day, or gives today's rows again. Throws BAD_INPUT on any other day. */
  step(day: CalendarDay): DayRows
  /** Lives every day up to and including this one without keeping what happened. */
  forward(day: CalendarDay): void
  /** The CRM's export as of the end of today: everyone who has bought a car by then. */
  customers(): CustomerRow[]
  /**
   * Someone spoke with the customer today: one on the way out may turn back from tomorrow. `care`, 0..1: how well.
   * Gives what the customer let them know.
   */
  contact(customer: string, care?: number): Reaction
  /**
   * Conversations as someone else has written them down, in any order and as often as one likes: each is had once, on
   * its day; one that is heard of only later, today. So a company opened anew lives the same days again.
   */
  recall(spoken: readonly Spoken[]): void
  /** What a customer does until a day if nobody but these people speaks with them; nothing is lived by asking. */
  foresee(customer: string, conversations: readonly Conversation[], until: CalendarDay): Footprints
  /** Who has spoken with the customer so far. */
  conversations(customer: string): readonly Conversation[]
  /** What is really going on, for grading. No file ever holds it. */
  truth(): Truth[]
}

export interface CompanyOptions {
  readonly seed: string
  /** Customers on the opening day; default 2,000. */
  readonly customers?: number
}

export function openCompany(options: CompanyOptions): Company {
  const { seed } = options
  const lives = castLives(seed, options.customers ?? 2000)
  const byId = new Map(lives.map((life) => [life.persona.id, life]))
  const first = dayNumber(HISTORY_START)
  let today = first - 1
  let rows: DayRows | null = null
  const told = new Set<string>()
  const waiting = new Map<string, Spoken>()

  function step(day: CalendarDay): DayRows {
    const number = dayNumber(day)
    if (number === today && rows !== null) return rows
    if (number !== today + 1) throw outOfTurn(day, dayOf(today + 1))
    for (const life of newcomers(seed, lives.length, options.customers ?? 2000, number)) {
      lives.push(life)
      byId.set(life.persona.id, life)
    }
    rows = emptyRows(day)
    const monthBegins = day.endsWith('-01')
    for (const life of lives) liveDay(life, number, rows, monthBegins)
    today = number
    haveConversations()
    return rows
  }

  function haveConversations(): void {
    const due = [...waiting.values()].filter(({ day }) => day <= today)
    // The order does not depend on how they were told.
    due.sort((a, b) => a.day - b.day || (a.id < b.id ? -1 : 1))
    for (const { id, phone, care } of due) {
      waiting.delete(id)
      const life = lives.find(({ persona }) => persona.phone === phone)
      if (life !== undefined) contactLife(life, { day: today, care })
    }
  }

  const lifeOf = (customer: string): Life => {
    const life = byId.get(customer)
    if (life === undefined) throw new ForeshockError('NOT_FOUND', `the demo has no customer ${customer}.`, '')
    return life
  }

  return {
    seed,
    get today() {
      return today < first ? null : dayOf(today)
    },
    step,
    forward(day) {
      for (let number = today + 1; number <= dayNumber(day); number += 1) step(dayOf(number))
    },
    customers: () =>
      lives.filter((life) => life.persona.joined <= today).map((life) => customerRow(life, today)),
    contact: (customer, care = 1) => contactLife(lifeOf(customer), { day: today, care }),
    recall: (spoken) => {
      for (const one of spoken) {
        if (told.has(one.id)) continue
        told.add(one.id)
        waiting.set(one.id, one)
      }
      if (today >= first) haveConversations()
    },
    foresee: (customer, conversations, until) =>
      relive(seed, lifeOf(customer), conversations, dayNumber(until)),
    conversations: (customer) => lifeOf(customer).conversations,
    truth: () => lives.map(truthOf),
  }
}

function castLives(seed: string, count: number): Life[] {
  if (!Number.isSafeInteger(count) || count < 100 || count > 20_000) {
    throw new ForeshockError(
      'BAD_INPUT',
      text(`演示公司不能有 ${count} 位客户。`, `the demo cannot have ${count} customers.`),
      text('请写 100 到 20000 之间的整数。', 'Choose a whole number from 100 to 20000.'),
    )
  }
  return cast(seed, count).map((role, index) => beginLife(seed, personaOf(seed, index + 1, role), role))
}

/** About three people a week buy a car after the opening; they come after everyone else in number. */
function newcomers(seed: string, known: number, opened: number, day: DayNumber): Life[] {
  const due = opened + Math.max(0, Math.floor(((day - OPENING) * opened * 3) / 14_000))
  const joining: Life[] = []
  for (let no = known + 1; no <= due; no += 1) {
    const level = openStream(seed, 'newcomer', no)()
    const role: Role = {
      value: level < 0.2 ? 'high' : level < 0.55 ? 'mid' : 'low',
      leaving: null,
      alike: null,
      turn: Number.POSITIVE_INFINITY,
      sharp: false,
      storm: false,
    }
    joining.push(beginLife(seed, personaOf(seed, no, role, day), role))
  }
  return joining
}

function outOfTurn(asked: CalendarDay, next: CalendarDay): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    `the demo company cannot live ${asked} now: its next day is ${next}.`,
    'Go through the days in order, or use forward().',
  )
}
