import { type PGlite, types } from '@electric-sql/pglite'
import {
  type ColumnType,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlQueryable,
  type Transaction,
} from '@prisma/driver-adapter-utils'

const identity = { provider: 'postgres', adapterName: 'foreshock-drift' } as const

/** PostgreSQL type numbers that the schema engine's catalogue queries return, as Prisma names them. */
const COLUMN_TYPES: Readonly<Record<number, ColumnType>> = {
  16: ColumnTypeEnum.Boolean,
  18: ColumnTypeEnum.Character,
  19: ColumnTypeEnum.Text,
  20: ColumnTypeEnum.Int64,
  21: ColumnTypeEnum.Int32,
  23: ColumnTypeEnum.Int32,
  25: ColumnTypeEnum.Text,
  26: ColumnTypeEnum.Int64,
  700: ColumnTypeEnum.Float,
  701: ColumnTypeEnum.Double,
  1002: ColumnTypeEnum.CharacterArray,
  1003: ColumnTypeEnum.TextArray,
  1005: ColumnTypeEnum.Int32Array,
  1007: ColumnTypeEnum.Int32Array,
  1009: ColumnTypeEnum.TextArray,
  1016: ColumnTypeEnum.Int64Array,
  1042: ColumnTypeEnum.Character,
  1043: ColumnTypeEnum.Text,
  1114: ColumnTypeEnum.DateTime,
  1184: ColumnTypeEnum.DateTime,
  1700: ColumnTypeEnum.Numeric,
}

/** The engine decodes wide integers and instants itself, so they stay the text PostgreSQL sent. */
const asSent = (text: string) => text
const PARSERS = {
  [types.INT8]: asSent,
  [types.OID]: asSent,
  [types.TIMESTAMP]: asSent,
  [types.TIMESTAMPTZ]: asSent,
}

/**
 * Gives Prisma's schema engine one throw-away database in memory. It serves as main and as shadow database alike:
 * comparing migrations with a schema only ever writes to the shadow. Whoever made `database` closes it.
 */
export function liteFactory(database: PGlite): SqlMigrationAwareDriverAdapterFactory {
  const connect = async () => liteAdapter(database)
  return { ...identity, connect, connectToShadowDb: connect }
}

function liteAdapter(database: PGlite): SqlDriverAdapter {
  const run = (sql: string) => attempt(() => database.exec(sql))
  return {
    ...queryable(database),
    executeScript: async (script) => void (await run(script)),
    startTransaction: async (isolation) => {
      await run(isolation ? `BEGIN ISOLATION LEVEL ${isolation}` : 'BEGIN')
      return transaction(database)
    },
    dispose: async () => {},
  }
}

/** The engine sends COMMIT and ROLLBACK as statements of their own; the two methods only end the handle. */
function transaction(database: PGlite): Transaction {
  const handleEnds = async () => {}
  return {
    ...queryable(database),
    options: { usePhantomQuery: false },
    commit: handleEnds,
    rollback: handleEnds,
  }
}

function queryable(database: PGlite): SqlQueryable {
  const query = ({ sql, args }: SqlQuery) =>
    attempt(() => database.query<unknown[]>(sql, args, { rowMode: 'array', parsers: PARSERS }))
  return {
    ...identity,
    async queryRaw(asked) {
      const { fields, rows } = await query(asked)
      return {
        columnNames: fields.map((field) => field.name),
        columnTypes: fields.map((field) => columnType(field.name, field.dataTypeID)),
        rows,
      }
    },
    executeRaw: async (asked) => (await query(asked)).affectedRows ?? 0,
  }
}

function columnType(column: string, oid: number): ColumnType {
  const known = COLUMN_TYPES[oid]
  if (known === undefined) {
    throw new Error(
      `Column "${column}" has PostgreSQL type ${oid}, which COLUMN_TYPES does not name: add it.`,
    )
  }
  return known
}

async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const fault = error as Error & { code?: string; severity?: string; detail?: string; hint?: string }
    throw new DriverAdapterError({
      kind: 'postgres',
      code: fault.code ?? 'XX000',
      severity: fault.severity ?? 'ERROR',
      message: fault.message,
      detail: fault.detail,
      column: undefined,
      hint: fault.hint,
    })
  }
}
