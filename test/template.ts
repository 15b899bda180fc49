import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MIGRATIONS } from '../src/paths.ts'
import { openDatabase } from '../src/store/database.ts'
import { administer, urlOf } from './server-place.ts'

// Run as a program: makes a migrated, empty embedded database, and one on the server of TEST_DATABASE_URL, and prints
// the folder of the one and the name of the other. Tests copy them instead of making one each time, which costs
// seconds. They are kept between runs under names that change with the migrations.

const version = fingerprint()
const embedded = join(tmpdir(), `foreshock-template-${version}`)
if (!existsSync(embedded)) {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-draft-'))
  await (await openDatabase({ kind: 'folder', folder }, MIGRATIONS)).close()
  renameSync(folder, embedded)
}
const server = process.env['TEST_DATABASE_URL']
const onServer = server ? await templateOn(server, `foreshock_template_${version}`) : ''
process.stdout.write(JSON.stringify({ embedded, onServer }))

async function templateOn(url: string, name: string): Promise<string> {
  const [there] = await administer(url, `SELECT 1 FROM pg_database WHERE datname = '${name}'`)
  if (there !== undefined) return name
  const draft = `foreshock_draft_${process.pid}`
  await administer(url, `CREATE DATABASE ${draft}`)
  await (await openDatabase({ kind: 'server', url: urlOf(url, draft) }, MIGRATIONS)).close()
  await administer(url, `ALTER DATABASE ${draft} RENAME TO ${name}`)
  return name
}

function fingerprint(): string {
  const hash = createHash('sha256').update(readFileSync('package-lock.json'))
  for (const name of readdirSync(MIGRATIONS).sort()) {
    const file = join(MIGRATIONS, name, 'migration.sql')
    if (existsSync(file)) hash.update(name).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}
