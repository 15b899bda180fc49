import { join } from 'node:path'
import pg from 'pg'
import type { Source } from '../../src/sources/source.ts'
import { sqlMappingSchema } from '../../src/sources/sql/mapping.ts'
import { openPostgres, postgres } from '../../src/sources/sql/postgres.ts'
import { sqlSource } from '../../src/sources/sql.ts'
import { Lite } from '../../src/store/lite.ts'
import { maskedContacts } from '../../templates/mask.ts'
import type { TestPlace } from '../places.ts'
import type { Stage } from '../suites/source.ts'

/** Instants of a clock that only goes on: one an hour. */
const START = Date.UTC(2026, 4, 2)

/** A database of somebody else's with a table of visits. */
export interface SqlStage extends Stage {
  readonly url: string
  /** A source over it, with parts of the mapping and the moment it is read at as this test wants them. */
  sqlSource(overrides?: Record<string, unknown>, now?: Date): Source
  run(sql: string): Promise<void>
}

export async function openSqlStage(where: TestPlace): Promise<SqlStage> {
  const { place, drop } = await where.place()
  const lite = place.kind === 'folder' ? new Lite(join(place.folder, 'pg')) : null
  await lite?.ready

  const url = place.kind === 'server' ? place.url : 'postgresql://postgres@lite/template1'
  const dialect =
    lite === null
      ? postgres
      : { ...postgres, open: (o: Parameters<typeof openPostgres>[0]) => openPostgres(o, () => lite.open()) }
  const client = new pg.Client({
    connectionString: url,
    ...(lite === null ? {} : { stream: (() => lite.open()) as never }),
  })
  await client.connect()
  await client.query(
    `CREATE TABLE visit (id text PRIMARY KEY, who text, "date" text, paid text, note jsonb, changed timestamptz)`,
  )
  let hours = 0
  const source = (
    overrides: Record<string, unknown> = {},
    now = new Date('2026-06-01T04:00:00Z'),
    address = url,
  ) =>
    sqlSource(
      sqlMappingSchema.parse({
        ...{ name: 'shop', type: 'sql', url: 'SHOP_URL', query: 'SELECT * FROM visit', key: 'id' },
        ...{ after: 'changed', record: 'event' },
        fields: { customer: { crm: 'who' }, kind: { value: 'visit' }, at: 'date', amount: 'paid' },
        ...overrides,
      }),
      {
        ...{ baseFolder: '.', now: () => now, company: { timeZone: 'Asia/Shanghai', currency: 'CNY' } },
        ...{ kinds: new Set(['visit']), variables: () => address, dialects: [dialect] },
        mask: maskedContacts,
      },
    )
  return {
    url,
    sqlSource: source,
    run: async (sql) => void (await client.query(sql)),
    source: () => source(),
    // Nobody listens on port 1.
    lost: () =>
      lite === null
        ? source({}, undefined, 'postgresql://u:p@127.0.0.1:1/shop')
        : source({ query: 'SELECT * FROM gone' }),
    put: async (visits) => {
      hours += 1
      const changed = new Date(START + hours * 3_600_000)
      await client.query(
        `INSERT INTO visit (id, who, "date", paid, changed)
         SELECT id, 'C1', "date", paid, $2 FROM json_to_recordset($1) AS given (id text, "date" text, paid text)
         ON CONFLICT (id) DO UPDATE SET "date" = excluded."date", paid = excluded.paid, changed = excluded.changed`,
        [JSON.stringify([...new Map(visits.map((visit) => [visit.id, visit])).values()]), changed],
      )
    },
    // An aborted pull leaves its transaction behind in the one session that PGlite has.
    empty: async () => void (await client.query('ROLLBACK; TRUNCATE visit')),
    close: async () => {
      await client.end()
      await lite?.close()
      await drop()
    },
  }
}
