import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MIGRATIONS } from '../../src/paths.ts'
import { openDatabase } from '../../src/store/database.ts'
import { hasLostItsMark } from '../../src/store/lite-folder.ts'

describe('the folder of the embedded database', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'foreshock-folder-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  /** The folder as PGlite lays it out, with files of tables by number. */
  function holding(...tables: string[]): string {
    const data = join(folder, 'pg')
    mkdirSync(join(data, 'base/5'), { recursive: true })
    for (const table of tables) writeFileSync(join(data, 'base/5', table), 'rows')
    return data
  }

  it('is whole, new, or left half made by a start that was killed', () => {
    expect(hasLostItsMark(join(folder, 'none'))).toBe(false)
    expect(hasLostItsMark(folder)).toBe(false)
    expect(hasLostItsMark(holding('1247', '2619_fsm', '16383'))).toBe(false)
    const whole = holding('16384')
    writeFileSync(join(whole, 'PG_VERSION'), '17')
    expect(hasLostItsMark(whole)).toBe(false)
  })

  it('has our tables and not its mark: it is not taken for a new one, and nothing in it is touched', async () => {
    expect(hasLostItsMark(holding('1247', '16384'))).toBe(true)
    const opening = openDatabase({ kind: 'folder', folder }, MIGRATIONS)
    await expect(opening).rejects.toThrow(/has lost its file PG_VERSION; its data was not touched/)
    await expect(openDatabase({ kind: 'folder', folder }, MIGRATIONS)).rejects.toThrow(/PG_VERSION/)
  })
})
