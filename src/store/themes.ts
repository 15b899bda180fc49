import type { NewId } from '../ids.ts'
import { FORESHOCK } from '../records/doer.ts'
import { type Theme, themeRecord } from '../reports/theme-effect.ts'
import type { Db } from './rows.ts'

export interface ThemeTable {
  /** The new theme's number; null: the topic is being mended already. */
  add(
    theme: Pick<Theme, 'topic' | 'department' | 'owner' | 'due' | 'by' | 'createdAt'>,
  ): Promise<number | null>
  get(no: number): Promise<Theme | null>
  /** The one of this topic that is still open. */
  openOf(topic: string): Promise<Theme | null>
  /** Open ones by due date, then those done, the latest first. */
  list(limit: number): Promise<Theme[]>
  /** Open ones whose day came before this one, and of which nobody was reminded. */
  late(day: string): Promise<Theme[]>
  /** Notes in the sealed record that somebody was reminded of it. */
  reminded(no: number, at: Date): Promise<void>
  /** False: it was done already, or is not there. */
  finish(no: number, fixed: string, by: string, at: Date): Promise<boolean>
}

export function themeTable(db: Db, newId: NewId): ThemeTable {
  const omit = { id: true } as const
  return {
    add: async (theme) => {
      const id = newId()
      // Two who add the same topic at once meet at the index of open topics.
      const { count } = await db.theme.createMany({
        data: [{ id, ...theme, due: asDate(theme.due) }],
        skipDuplicates: true,
      })
      if (count === 0) return null
      return (await db.theme.findUniqueOrThrow({ where: { id } })).no
    },
    get: async (no) => asTheme(await db.theme.findUnique({ where: { no }, omit })),
    openOf: async (topic) => asTheme(await db.theme.findFirst({ where: { topic, doneAt: null }, omit })),
    list: async (limit) => {
      const rows = await db.theme.findMany({
        orderBy: [
          { doneAt: { sort: 'desc', nulls: 'first' } },
          { due: { sort: 'asc', nulls: 'last' } },
          { no: 'asc' },
        ],
        take: limit,
        omit,
      })
      return rows.map((row) => asTheme(row)!)
    },
    late: async (day) => {
      const where = { doneAt: null, due: { lt: asDate(day)! } }
      const rows = await db.theme.findMany({ where, orderBy: [{ due: 'asc' }, { no: 'asc' }], omit })
      const noted = await db.settingChange.findMany({
        where: { name: { in: rows.map(({ no }) => themeRecord(no)) }, by: FORESHOCK },
        select: { name: true },
      })
      const known = new Set(noted.map(({ name }) => name))
      return rows.filter(({ no }) => !known.has(themeRecord(no))).map((row) => asTheme(row)!)
    },
    reminded: async (no, at) => {
      const reminder = { name: themeRecord(no), after: { reminded: true }, by: FORESHOCK, at }
      await db.settingChange.create({ data: { id: newId(), ...reminder } })
    },
    finish: async (no, fixed, by, at) => {
      const data = { fixed, doneBy: by, doneAt: at }
      return (await db.theme.updateMany({ where: { no, doneAt: null }, data })).count === 1
    },
  }
}

function asDate(day: string | null): Date | null {
  return day === null ? null : new Date(`${day}T00:00:00Z`)
}

function asTheme(row: (Omit<Theme, 'due'> & { due: Date | null }) | null): Theme | null {
  return row === null ? null : { ...row, due: row.due === null ? null : row.due.toISOString().slice(0, 10) }
}
