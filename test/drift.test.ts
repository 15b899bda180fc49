import { expect, test } from 'vitest'
import { missingSql } from './drift/engine.ts'

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

test('the SQL printed for an empty history builds exactly the schema', async () => {
  const sql = await missingSql(schema, [])
  expect(sql).toContain('CREATE TABLE "case_file"')
  expect(await missingSql(schema, [{ name: '1_first', sql }])).toBe('')
})

test('a column dropped by a later migration is asked for again; a partial index is not drift', async () => {
  const sql = await missingSql(schema, [])
  const history = [
    { name: '1_first', sql },
    { name: '2_partial', sql: 'CREATE UNIQUE INDEX one_note ON case_file (note) WHERE number > 0;' },
    { name: '3_drop', sql: 'DROP INDEX one_note; ALTER TABLE case_file DROP COLUMN note;' },
  ]
  expect(await missingSql(schema, history.slice(0, 2))).toBe('')
  expect(await missingSql(schema, history)).toMatch(/ADD COLUMN\s+"note" TEXT;/)
})

test('a migration that does not run and a schema that does not parse are named', async () => {
  const broken = [{ name: '1_typo', sql: 'CREATE TABEL case_file ();' }]
  await expect(missingSql(schema, broken)).rejects.toThrow(/1_typo[\s\S]*syntax error at or near "TABEL"/)
  await expect(missingSql(schema.replace('String?', 'Sting?'), [])).rejects.toThrow(/Sting/)
})
