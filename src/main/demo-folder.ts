import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ForeshockError } from '../errors.ts'

/** What a demo keeps in its folder. Nothing else there is ever touched. */
const OURS = ['foreshock.yaml', 'exports', 'database', 'clock.json'] as const

/**
 * Makes a folder ready for the demo: a company's own folder is refused, and beginning again removes only what a demo
 * wrote.
 *
 * @param config the text of the demo's configuration
 * @throws ForeshockError CONFLICT when the folder holds another configuration
 */
export function prepareDemoFolder(root: string, config: string, fresh: boolean): void {
  mkdirSync(root, { recursive: true })
  const [file, , , clock] = OURS.map((name) => join(root, name)) as [string, string, string, string]
  const foreign = existsSync(file) && !existsSync(clock) && readFileSync(file, 'utf8') !== config
  if (foreign) {
    throw new ForeshockError(
      'CONFLICT',
      `${root} holds a configuration that is not the demo's.`,
      'Give the demo a folder of its own with --folder; to run your configuration use `foreshock start`.',
    )
  }
  if (fresh) for (const name of OURS) rmSync(join(root, name), { recursive: true, force: true })
}

/**
 * Where the demo's clock stood when it stopped; null when it has not begun.
 *
 * @throws ForeshockError CONFLICT when that can no longer be read
 */
export function keptTime(file: string): Date | null {
  if (!existsSync(file)) return null
  const time = new Date(timeIn(readFileSync(file, 'utf8')))
  if (!Number.isNaN(time.getTime())) return time
  throw new ForeshockError(
    'CONFLICT',
    `${file} no longer says what time it is in the demo.`,
    'Begin it again with `foreshock demo --fresh`.',
  )
}

function timeIn(text: string): string {
  try {
    return String((JSON.parse(text) as { now?: unknown }).now)
  } catch {
    return ''
  }
}
