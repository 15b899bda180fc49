import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Source } from '../../src/sources/source.ts'
import { sqlMappingSchema } from '../../src/sources/sql/mapping.ts'
import { postgres } from '../../src/sources/sql/postgres.ts'
import { postgresFault } from '../../src/sources/sql/postgres-faults.ts'
import { onePlace } from '../places.ts'
import { sourceSuite } from '../suites/source.ts'
import { pull } from './folder.ts'
import { openSqlStage, type SqlStage } from './sql-stage.ts'

let stage: SqlStage
beforeAll(async () => {
  stage = await openSqlStage(onePlace[0]!)
})
afterAll(() => stage.close())
beforeEach(() => stage.empty())

sourceSuite('SQL', async () => ({ ...stage, close: async () => {} }))

const NOON = new Date('2026-06-01T04:00:00Z')
const later = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000)
const insert = (id: string, changed: string | null, more = '') =>
  stage.run(
    `INSERT INTO visit VALUES ('${id}', 'C1', '2026-05-01', '1', ${more || 'NULL'}, ${changed === null ? 'NULL' : `'${changed}'`})`,
  )
const idsOf = ({ records }: Awaited<ReturnType<typeof pull>>) => records.map(({ sourceId }) => sourceId)
const failure = async (source: Source) => {
  const error = await pull(source).catch((thrown: unknown) => thrown as Error)
  return (error as { message: string }).message
}
const notesOf = async (source: Source) => {
  const notes: string[] = []
  return { faults: await source.check((says) => notes.push(says)), notes }
}

describe('reading on', () => {
  it('finds a row that was committed late, and reads no old row for ever', async () => {
    await insert('A', '2026-06-01T03:58:00Z')
    const first = await pull(stage.sqlSource())
    // Its transaction began before A was written and ended after A was read.
    await insert('B', '2026-06-01T03:55:00Z')
    const second = await pull(stage.sqlSource({}, later(60)), first.cursor)
    expect(idsOf(second)).toEqual(['B', 'A'])
    const third = await pull(stage.sqlSource({}, later(120)), second.cursor)
    expect(idsOf(third)).toEqual([])
    expect(idsOf(await pull(stage.sqlSource({ overlap: 0 }, later(60)), null))).toEqual(['B', 'A'])
  })

  it('finds it also where times have no zone and are written in UTC, not in that of the company', async () => {
    const query = `SELECT id, who, "date", paid, changed AT TIME ZONE 'UTC' AS changed FROM visit`
    await insert('A', '2026-06-01T03:58:00Z')
    const first = await pull(stage.sqlSource({ query }))
    await insert('B', '2026-06-01T03:55:00Z')
    expect(idsOf(await pull(stage.sqlSource({ query }, later(60)), first.cursor))).toContain('B')
  })

  it('goes on behind a key of a set length', async () => {
    const query = 'SELECT id::char(2) AS no, who, "date", paid, changed FROM visit'
    for (const id of ['AB', 'AC']) await insert(id, '2026-05-01T00:00:00Z')
    const first = await pull(stage.sqlSource({ query, key: 'no' }))
    expect(idsOf(first)).toEqual(['AB', 'AC'])
    expect(idsOf(await pull(stage.sqlSource({ query, key: 'no' }, later(60)), first.cursor))).toEqual([])
  })

  it('is not led ahead by a row from the future', async () => {
    await insert('A', '2026-05-31T00:00:00Z')
    await insert('Z', '2099-01-01T00:00:00Z')
    await insert('Y', 'infinity')
    const first = await pull(stage.sqlSource())
    expect(idsOf(first)).toEqual(['A', 'Z', 'Y'])
    await insert('B', '2026-06-01T04:30:00Z')
    expect(idsOf(await pull(stage.sqlSource({}, later(60)), first.cursor))).toEqual(['B', 'Z', 'Y'])
    expect((await notesOf(stage.sqlSource())).notes.join()).toContain('lies in the future in 2 rows')
  })

  it('passes over no row whose `after` is empty', async () => {
    await insert('A', '2026-05-31T00:00:00Z')
    await insert('N', null)
    const first = await pull(stage.sqlSource())
    expect(idsOf(first)).toEqual(['A', 'N'])
    await insert('M', null)
    expect(idsOf(await pull(stage.sqlSource({}, later(60)), first.cursor)).sort()).toEqual(['M', 'N'])
    expect((await notesOf(stage.sqlSource())).notes.join()).toContain('"changed" is empty in 2 rows')
  })

  it('goes by a number, or by the key alone', async () => {
    const query = 'SELECT *, length(id) AS no FROM visit'
    await stage.run(
      `INSERT INTO visit SELECT repeat('x', n), 'C1', '2026-05-01', '1' FROM generate_series(1, 9) n`,
    )
    const byNumber = { query, after: 'no', overlap: 2 }
    const first = await pull(stage.sqlSource(byNumber))
    expect(idsOf(await pull(stage.sqlSource(byNumber), first.cursor)).map((id) => id.length)).toEqual([
      7, 8, 9,
    ])
    const all = await pull(stage.sqlSource({ after: undefined }))
    expect(all.records).toHaveLength(9)
    expect((await pull(stage.sqlSource({ after: undefined }), all.cursor)).records).toHaveLength(9)
  })

  it('starts over when the mapping means something else', async () => {
    await insert('A', '2026-05-31T00:00:00Z')
    const { cursor } = await pull(stage.sqlSource())
    expect(idsOf(await pull(stage.sqlSource({}, later(60)), cursor))).toEqual([])
    expect(idsOf(await pull(stage.sqlSource({ currency: 'EUR' }, later(60)), cursor))).toEqual(['A'])
    // In another database the rows before that place have never been read.
    expect(idsOf(await pull(stage.sqlSource({ url: 'NORTH_URL' }, later(60)), cursor))).toEqual(['A'])
    expect(idsOf(await pull(stage.sqlSource({ timeoutSeconds: 9 }, later(60)), cursor))).toEqual([])
  })
})

it('the check says what would make pulls lighter and safer', async () => {
  await stage.run(
    `INSERT INTO visit SELECT 'V' || n, 'C1', '2026-05-01', '1', NULL, '2026-05-01'::timestamptz + n * interval '1 second' FROM generate_series(1, 30000) n`,
  )
  await stage.run('ANALYZE visit')
  const before = await notesOf(stage.sqlSource())
  expect(before.faults).toEqual([])
  expect(before.notes).toEqual([
    expect.stringMatching(/^shop: each pull goes through all of "visit", about 30,000 rows/),
    expect.stringMatching(/^shop: the user may also write there/),
  ])
  await stage.run('CREATE INDEX visit_changed ON visit (changed, id)')
  expect((await notesOf(stage.sqlSource())).notes.join()).not.toContain('goes through all')
  await stage.run('DROP INDEX visit_changed')
})

describe('values', () => {
  it('keep every digit, and JSON is looked into', async () => {
    await stage.run(
      `INSERT INTO visit VALUES ('A', 'C1', '2026-05-01', '1', '{"bill": {"paid": "12345678901.23"}}', '2026-05-01 08:00:00.123456+00')`,
    )
    const query =
      "SELECT id, note, changed, changed AT TIME ZONE 'Asia/Shanghai' AS local, 90071992547409.91::numeric AS exact, who FROM visit -- all"
    const fields = {
      customer: { crm: 'who' },
      kind: { value: 'visit' },
      at: 'local',
      amount: 'note.bill.paid',
    }
    const { records } = await pull(stage.sqlSource({ query, fields }))
    expect(records).toEqual([
      expect.objectContaining({
        at: new Date('2026-05-01T08:00:00.123Z'),
        amount: { minor: 1234567890123, currency: 'CNY' },
      }),
    ])
    const dated = await pull(stage.sqlSource({ query, fields: { ...fields, at: 'changed' } }))
    expect(dated.records[0]).toMatchObject({ at: new Date('2026-05-01T08:00:00.123Z') })
    const exact = await pull(stage.sqlSource({ query, fields: { ...fields, amount: 'exact' } }))
    expect(exact.records[0]).toMatchObject({ amount: { minor: 9007199254740991 } })
  })
})

describe('what cannot be read', () => {
  it('is said with its name and mend', async () => {
    await insert('A', '2026-05-31T00:00:00Z')
    const said = (overrides: Record<string, unknown>) => failure(stage.sqlSource(overrides))
    expect(await said({ after: 'chnged' })).toMatch(
      /^shop: the query has no column "chnged"; it has: id, .* Did you mean "changed"\?/,
    )
    expect(await said({ query: 'SELECT nix FROM visit' })).toMatch(/^shop: .*column "nix" does not exist/)
    const cast = "SELECT *, ('+86 138 0013 8000' || id)::int FROM visit"
    expect(await said({ query: cast })).toMatch(
      /invalid input syntax for type integer: "[^"]*\*\*\*\*[^0-9"]*"/,
    )
    expect(await said({ query: 'SELECT * FROM visit v JOIN visit w USING (who)' })).toMatch(
      /two columns named "id"/,
    )
    const writes = 'WITH gone AS (DELETE FROM visit RETURNING *) SELECT * FROM gone'
    expect(await said({ query: writes })).toMatch(/^shop: /)
    await stage.run('ROLLBACK')
    const ends = 'SELECT 1) AS a; COMMIT; DROP TABLE visit; SELECT * FROM (SELECT * FROM visit'
    expect(await said({ query: ends })).toMatch(/^shop: .*multiple commands/)
    await stage.run('CREATE SEQUENCE IF NOT EXISTS counted')
    expect(await said({ query: "SELECT *, nextval('counted') FROM visit" })).toMatch(
      /only reading is allowed/,
    )
    expect((await pull(stage.sqlSource())).records).toHaveLength(1)
    const doubled = { query: 'SELECT * FROM visit UNION ALL SELECT * FROM visit' }
    expect((await notesOf(stage.sqlSource(doubled))).faults).toEqual([
      expect.stringMatching(/^shop: the key "id" is not unique: several rows have "A"/),
    ])
  })

  it('holds everything back where most of the first rows are bad', async () => {
    await stage.run(`INSERT INTO visit SELECT 'V' || n, 'C1', 'soon', '1' FROM generate_series(1, 9) n`)
    expect(await failure(stage.sqlSource())).toMatch(/^shop: the query has 9 unusable rows of 9/)
  })

  it('is a query that is no SELECT, an address in the file, or no address at all', async () => {
    const mapping = {
      name: 'a',
      type: 'sql',
      key: 'id',
      record: 'feedback',
      query: 'DELETE FROM a',
      url: 'a://b',
    }
    const { error } = sqlMappingSchema.safeParse({ ...mapping, fields: {} })
    const said = error!.issues.map(({ message }) => message).join()
    expect(said).toMatch(/begins with SELECT or WITH/)
    expect(said).toMatch(/name an environment variable/)
    for (const query of [
      'select 1;',
      '-- all\nSELECT 1',
      '/* a */ (SELECT 1)',
      'WITH a AS (SELECT 1) SELECT 1',
    ])
      expect(sqlMappingSchema.options[0].shape.query.safeParse(query).success).toBe(true)
  })

  it('never shows the password', async () => {
    const opening = {
      ...{ source: 'shop', variable: 'SHOP_URL', address: 'postgresql://bob:hush@127.0.0.1:1/shop' },
      ...{ timeZone: 'UTC', timeoutSeconds: 1, signal: new AbortController().signal },
      mask: (words: string) => words,
    }
    const error = await postgres.open(opening).catch((thrown: Error) => thrown)
    expect((error as Error).message).toBe('shop: 127.0.0.1:1/shop cannot be reached (ECONNREFUSED).')
    const refused = postgresFault({ code: '28P01', message: 'password failed for user "bob"' }, opening)
    expect(refused.explain('en')).toMatch(
      /^shop: 127.0.0.1:1\/shop refuses this user or password. Check SHOP_URL/,
    )
    expect(refused.explain('zh')).toMatch(/SHOP_URL/)
    expect(refused.explain('en') + refused.explain('zh')).not.toMatch(/hush|bob/)
    const nowhere = `${opening.address}?sslmode=verify-full&sslrootcert=/no/such.crt`
    const lost = await postgres.open({ ...opening, address: nowhere }).catch((thrown: Error) => thrown)
    expect((lost as Error).message).toMatch(/^shop: talking to 127.0.0.1:1\/shop failed \(.*such\.crt/)
    const slow = postgresFault({ code: '57014', message: '' }, opening)
    expect(slow.message).toBe('shop: the query took longer than 1 seconds.')
  })
})
