import type { NewId } from '../ids.ts'
import { Prisma } from './generated/client.ts'
import type { Db } from './rows.ts'
import { json } from './rows.ts'
import type { Ask, Statement } from './statement.ts'

/** Values an admin changed from chat, with who changed what when. Names and ranges are the settings list's business. */
export interface SettingTable {
  all(): Promise<Map<string, unknown>>
  /**
   * What is stored under a name, to be changed: until the transaction ends, others who ask for the same wait. Ask before
   * anything else of the transaction.
   */
  forUpdate(name: string): Promise<unknown>
  /** `value` null: back to the default. */
  set(name: string, value: unknown, by: string, at: Date): Promise<void>
  /** Notes a change of something that is kept elsewhere, so that it is in the sealed record too. */
  note(name: string, before: unknown, after: unknown, by: string, at: Date): Promise<void>
  changes(name: string | null, limit: number): Promise<SettingChange[]>
}

export interface SettingChange {
  readonly name: string
  readonly before: unknown
  readonly after: unknown
  readonly by: string
  readonly at: Date
}

const ALL: Statement = { name: 'settings', sql: 'SELECT jsonb_object_agg(name, value) AS body FROM setting' }

export function settingTable(db: Db, ask: Ask, newId: NewId): SettingTable {
  const note = async (name: string, after: unknown, by: string, at: Date): Promise<void> => {
    const before = (await db.setting.findUnique({ where: { name } }))?.value ?? null
    await db.settingChange.create({
      data: { id: newId(), name, before: stored(before), after: stored(after), by, at },
    })
  }
  return {
    all: async () => new Map(Object.entries((await ask<Record<string, unknown>>(ALL, [])) ?? {})),
    forUpdate: async (name) => {
      // Not the row: there is none before the first change.
      await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`setting ${name}`}, 0))`
      return (await db.setting.findUnique({ where: { name } }))?.value
    },
    set: async (name, value, by, at) => {
      await note(name, value, by, at)
      if (value === null) await db.setting.deleteMany({ where: { name } })
      else {
        await db.setting.upsert({
          where: { name },
          create: { name, value: json(value) },
          update: { value: json(value) },
        })
      }
    },
    note: async (name, before, after, by, at) => {
      await db.settingChange.create({
        data: { id: newId(), name, before: stored(before), after: stored(after), by, at },
      })
    },
    changes: (name, limit) =>
      db.settingChange.findMany({
        where: name === null ? {} : { name },
        orderBy: { seq: 'desc' },
        take: limit,
        omit: { id: true, seq: true },
      }),
  }
}

function stored(value: unknown): Prisma.InputJsonValue | typeof Prisma.DbNull {
  return value === null ? Prisma.DbNull : json(value)
}
