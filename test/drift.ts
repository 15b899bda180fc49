/**
 * `npx tsx test/drift.ts` fails when prisma/migrations do not build what prisma/schema.prisma declares.
 * `--print` prints the SQL still missing, ready to be read, mended and saved as the next migration.sql.
 * It does not see partial, expression and CHECK constraints: tests prove those by behaviour.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Migration, openDrift } from './drift/engine.ts'

const prisma = fileURLToPath(new URL('../prisma', import.meta.url))

process.exitCode = await main(process.argv.includes('--print'))

async function main(print: boolean): Promise<number> {
  const migrations = readMigrations(join(prisma, 'migrations'))
  const drift = await openDrift()
  const schema = readFileSync(join(prisma, 'schema.prisma'), 'utf8')
  const sql = await drift.missingSql(schema, migrations).finally(() => drift.close())
  if (print) {
    process.stdout.write(sql)
    return 0
  }
  if (sql === '') {
    process.stdout.write(`No drift: ${migrations.length} migration(s) build exactly prisma/schema.prisma.\n`)
    return 0
  }
  process.stderr.write(
    `prisma/migrations do not build what prisma/schema.prisma declares. Missing SQL:\n\n${sql}\n` +
      'Save it as prisma/migrations/<yyyymmddhhmmss>_<what_it_does>/migration.sql, or mend the schema.\n',
  )
  return 1
}

/** Folders in name order, as Prisma applies them. */
function readMigrations(folder: string): Migration[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(folder, name, 'migration.sql'), 'utf8') }))
}
