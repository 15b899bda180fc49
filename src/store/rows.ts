import type { QueryResultRow } from 'pg'
import type { SourceRecord } from '../records/record.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'

/** The client of a transaction, or the root client outside one. Inside a transaction only the former is used. */
export type Db = Prisma.TransactionClient | PrismaClient

/** Where statements are only read from: a pool, or what somebody sees of it. */
export interface Reader {
  query<R extends QueryResultRow>(sql: string, values?: unknown[]): Promise<{ readonly rows: R[] }>
}

/** The writing transaction, as rows keep it. */
export const XID = '((pg_current_xact_id())::text)::bigint'

/**
 * A plain object as Prisma's JSON input: dates become ISO strings, undefined is dropped. A bigint becomes a number
 * where that is exact, else its digits: JSON has no other way to carry it.
 */
export function json(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(jsonText(value)) as Prisma.InputJsonValue
}

/** The same as text. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, bigintAsNumber)
}

function bigintAsNumber(_key: string, value: unknown): unknown {
  if (typeof value !== 'bigint') return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}

/** How many records of a batch created a row, changed one, or found it as it was. */
export interface Ingested {
  readonly created: number
  readonly changed: number
  readonly unchanged: number
}

/** A record and the source whose ids it goes by. */
export interface Sourced<Record = SourceRecord> {
  readonly source: string
  readonly record: Record
}
