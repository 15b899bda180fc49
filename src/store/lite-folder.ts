import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Files of tables that every new database has are numbered below this; ours come after. */
const FIRST_OF_OURS = 16_384

/**
 * True when a data folder holds tables of ours but not the file by which it is known as a database. PGlite would take it
 * for an empty folder and write a new database over them. A folder whose making was cut short has no table of ours:
 * that one may be made again.
 */
export function hasLostItsMark(data: string): boolean {
  if (existsSync(join(data, 'PG_VERSION'))) return false
  const base = join(data, 'base')
  if (!existsSync(base)) return false
  return readdirSync(base, { recursive: true, encoding: 'utf8' }).some(
    (name) => Number(/(?:^|[\\/])(\d+)$/.exec(name)?.[1] ?? 0) >= FIRST_OF_OURS,
  )
}
