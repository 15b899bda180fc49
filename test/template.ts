import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MIGRATIONS } from '../src/paths.ts'
import { openDatabase } from '../src/store/database.ts'

// Run as a program: makes a migrated, empty embedded database and prints its folder. Tests copy it instead of making
// one each time, which costs seconds. It is kept between runs under a name that changes with the migrations.

const template = join(tmpdir(), `foreshock-template-${fingerprint()}`)
if (!existsSync(template)) {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-draft-'))
  await (await openDatabase({ kind: 'folder', folder }, MIGRATIONS)).close()
  renameSync(folder, template)
}
process.stdout.write(template)

function fingerprint(): string {
  const hash = createHash('sha256').update(readFileSync('package-lock.json'))
  for (const name of readdirSync(MIGRATIONS).sort()) {
    const file = join(MIGRATIONS, name, 'migration.sql')
    if (existsSync(file)) hash.update(name).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}
