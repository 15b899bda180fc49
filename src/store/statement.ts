import type pg from 'pg'
import type { Db } from './rows.ts'

/** A statement written by hand. Its values are texts and numbers only, cast where they are used. */
export interface Statement {
  /** Names the plan that the embedded database keeps. */
  readonly name: string
  readonly sql: string
}

export type Value = string | number | null

/** Runs one statement and gives the one JSON value of its one row; null when it gives no row. */
export type Ask = <T>(statement: Statement, values: readonly Value[]) => Promise<T | null>

/** Of its own, and all or nothing as every statement is. */
export function askPool(pool: pg.Pool, embedded: boolean): Ask {
  return async <T>({ name, sql }: Statement, values: readonly Value[]) => {
    // A pooler before a server may hand the next question to another session, which knows no plan of that name.
    const query = { text: sql, values: [...values], ...(embedded ? { name } : {}) }
    const { rows } = await pool.query<{ body: T }>(query)
    return rows[0]?.body ?? null
  }
}

/** Within a transaction. */
export function askWithin(db: Db): Ask {
  return async <T>({ sql }: Statement, values: readonly Value[]) => {
    const rows = await db.$queryRawUnsafe<{ body: T }[]>(sql, ...values)
    return rows[0]?.body ?? null
  }
}

/** Runs one statement that gives nothing back; its values may be bytes. */
export type Write = (sql: string, values: readonly (Value | Uint8Array)[]) => Promise<unknown>

export function writeWithin(db: Db): Write {
  return (sql, values) => db.$executeRawUnsafe(sql, ...values)
}

/** Straight to the database: what is long need not be wrapped and unwrapped on the way. */
export function writeBy(client: pg.ClientBase): Write {
  return (text, values) => client.query({ text, values: [...values] })
}
