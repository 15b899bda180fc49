import type { NewId } from '../ids.ts'
import type { EventKind, OutsideEvent } from '../reports/outside-event.ts'
import type { Db } from './rows.ts'

/** The calendar of what happened outside. Days are written `2026-06-01`. */
export interface OutsideEventTable {
  /** The number of the new one; null: the very same stands already. */
  add(event: Omit<OutsideEvent, 'no'>, by: string, at: Date): Promise<number | null>
  /** The one that was taken out; null: there was none. */
  remove(no: number): Promise<OutsideEvent | null>
  /** Those that have a day from `first` to `last`, by their first day. */
  between(first: string, last: string): Promise<readonly OutsideEvent[]>
  /** The latest first. */
  list(limit: number): Promise<readonly OutsideEvent[]>
}

export function outsideEventTable(db: Db, newId: NewId): OutsideEventTable {
  const omit = { id: true, by: true, createdAt: true } as const
  return {
    add: async ({ kind, title, first, last }, by, at) => {
      const id = newId()
      const data = { id, kind, title, first: dateOf(first), last: dateOf(last), by, createdAt: at }
      // Two who enter the same at once meet at the index.
      const { count } = await db.outsideEvent.createMany({ data: [data], skipDuplicates: true })
      return count === 0 ? null : (await db.outsideEvent.findUniqueOrThrow({ where: { id } })).no
    },
    remove: async (no) => {
      const found = await db.outsideEvent.findUnique({ where: { no }, omit })
      if (found === null) return null
      const { count } = await db.outsideEvent.deleteMany({ where: { no } })
      return count === 0 ? null : eventOf(found)
    },
    between: async (first, last) => {
      const rows = await db.outsideEvent.findMany({
        where: { first: { lte: dateOf(last) }, last: { gte: dateOf(first) } },
        orderBy: [{ first: 'asc' }, { no: 'asc' }],
        omit,
      })
      return rows.map(eventOf)
    },
    list: async (take) => {
      const rows = await db.outsideEvent.findMany({
        orderBy: [{ first: 'desc' }, { no: 'desc' }],
        take,
        omit,
      })
      return rows.map(eventOf)
    },
  }
}

interface Row extends Omit<OutsideEvent, 'kind' | 'first' | 'last'> {
  readonly kind: string
  readonly first: Date
  readonly last: Date
}

/** Its kind is one of the four: the table refuses others. */
function eventOf({ no, kind, title, first, last }: Row): OutsideEvent {
  return { no, kind: kind as EventKind, title, first: dayOf(first), last: dayOf(last) }
}

function dateOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
