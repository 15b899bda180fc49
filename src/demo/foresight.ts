import type { DayNumber } from './calendar.ts'
import { dayNumber, HISTORY_START } from './calendar.ts'
import { contactLife } from './contact.ts'
import { liveDay } from './day.ts'
import type { Conversation, Life } from './life.ts'
import { beginLife } from './life.ts'
import type { DayRows } from './rows.ts'
import { emptyRows } from './rows.ts'

/** What a customer's own systems show of their coming and going, in order of days. */
export interface Footprints {
  /** Days on which they visited, logged in, ordered or renewed. */
  readonly active: readonly DayNumber[]
  /** The day they ended their contract; null: they did not. */
  readonly cancelled: DayNumber | null
}

/**
 * Lives one customer's whole life again, from the same streams, speaking with them on the given days only. With
 * today's conversations it gives what happens; with fewer, what would have happened.
 */
export function relive(
  seed: string,
  original: Life,
  conversations: readonly Conversation[],
  until: DayNumber,
): Footprints {
  const life = beginLife(seed, original.persona, original.role)
  const active: DayNumber[] = []
  let cancelled: DayNumber | null = null
  for (let day = Math.max(dayNumber(HISTORY_START), life.persona.joined); day <= until; day += 1) {
    const rows = emptyRows('')
    // What the CRM shows of them in which month changes nothing they do.
    liveDay(life, day, rows, false)
    if (isActive(rows)) active.push(day)
    if (rows.events.some((row) => row.type === '合同取消')) cancelled ??= day
    for (const said of conversations) if (said.day === day) contactLife(life, said)
  }
  return { active, cancelled }
}

function isActive(rows: DayRows): boolean {
  const bought = rows.orders.some((row) => row.sort === '购买')
  const renewed = rows.events.some((row) => row.type === '延保续签')
  return rows.visits.length > 0 || rows.logins.length > 0 || bought || renewed
}

/**
 * The day on which someone leaves, by the product's own definition: that of the cancellation, else of the last
 * activity before a silence of `inactiveDays`. Only a departure not yet known on the day `asOf` counts; null: they
 * stay. `until`: the last day the footprints cover.
 */
export function leavingDay(
  { active, cancelled }: Footprints,
  asOf: DayNumber,
  until: DayNumber,
  inactiveDays: number,
): DayNumber | null {
  if (cancelled !== null) {
    const back = active.some((day) => day > cancelled)
    if (!back) return cancelled >= asOf ? cancelled : null
  }
  for (const [index, day] of active.entries()) {
    const next = active[index + 1] ?? until + 1
    if (next - day >= inactiveDays && day + inactiveDays > asOf) return day
  }
  return null
}
