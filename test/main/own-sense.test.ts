import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { SENSE_FILE } from '../../src/main/weights-files.ts'
import { LEAVING } from '../../src/paths.ts'
import { CONFIG } from '../jobs/brand.ts'
import { embedded } from '../places.ts'
import { openTestProgram } from '../program.ts'

const folder = mkdtempSync(join(tmpdir(), 'foreshock-sense-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('own weights of leaving are read once, so that what reads a voice is also what its reading names', async () => {
  const file = join(folder, 'own.json')
  copyFileSync(join(LEAVING, SENSE_FILE), file)
  const config = `${CONFIG}voices: { leaving: ${file} }\n`
  const program = await openTestProgram(config, embedded, '2026-06-01T09:00:00+08:00')
  rmSync(file)
  const { words } = await program.ctx.voice.reader()
  expect(words('明年的活我们交给别人做了')).toMatchObject([
    { term: '整句要走', counted: true },
    { term: '整句看别家', counted: true },
  ])
  await program.close()
})
