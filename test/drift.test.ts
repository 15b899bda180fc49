import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Drift, openDrift } from './drift/engine.ts'
import { emptyFolder } from './places.ts'

const { data, drop } = emptyFolder()
let drift: Drift
beforeAll(async () => {
  drift = await openDrift(data)
})
afterAll(() => drift.close().finally(drop))

const schema = `
datasource db {
  provider = "postgresql"
}

model Case {
  id     String  @id @db.Uuid
  number Int     @unique @default(autoincrement())
  note   String?

  @@map("case_file")
}
`

test('the SQL printed for an empty history builds exactly the schema; a partial index is not drift', async () => {
  const sql = await drift.missingSql(schema, [])
  expect(sql).toContain('CREATE TABLE "case_file"')
  const partial = 'CREATE UNIQUE INDEX one_note ON case_file (note) WHERE number > 0;'
  const history = [
    { name: '1_first', sql },
    { name: '2_partial', sql: partial },
  ]
  expect(await drift.missingSql(schema, history)).toBe('')
  // A column dropped by a later migration is asked for again.
  const dropped = 'DROP INDEX one_note; ALTER TABLE case_file DROP COLUMN note;'
  expect(await drift.missingSql(schema, [...history, { name: '3_drop', sql: dropped }])).toMatch(
    /ADD COLUMN\s+"note" TEXT;/,
  )
})

test('a migration that does not run and a schema that does not parse are named', async () => {
  const broken = [{ name: '1_typo', sql: 'CREATE TABEL case_file ();' }]
  await expect(drift.missingSql(schema, broken)).rejects.toThrow(
    /1_typo[\s\S]*syntax error at or near "TABEL"/,
  )
  await expect(drift.missingSql(schema.replace('String?', 'Sting?'), [])).rejects.toThrow(/Sting/)
})
