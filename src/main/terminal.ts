import type { ForeshockError } from '../errors.ts'
import type { Text } from '../text.ts'

/** Where a verb's words go: results to standard output, everything else to standard error. */
export interface Terminal {
  say(line: string): void
  /** A verb's result: JSON with --json, else words. */
  result(data: object, words: string): void
  /** A table for another program, as it is. */
  table(written: string): void
  /** A line of JSON while a verb goes on; nothing without --json. */
  note(data: object): void
  fail(error: ForeshockError): void
  progress(at: { label: Text; share: number | null } | null): void
  /** Ends a progress line so that the next words start on a line of their own. */
  done(): void
}

const WIDTH = 24
const EVERY_MS = 100

export function openTerminal(json: boolean): Terminal {
  const live = process.stderr.isTTY === true
  let drawn = false
  let last = 0
  const done = (): void => {
    if (drawn) process.stderr.write('\r\u001b[K')
    drawn = false
  }
  const say = (line: string): void => {
    done()
    process.stderr.write(`${line}\n`)
  }
  return {
    say,
    done,
    result: (data, words) => {
      done()
      process.stdout.write(json ? `${JSON.stringify(data)}\n` : `${words}\n`)
    },
    table: (written) => {
      done()
      process.stdout.write(written)
    },
    note: (data) => {
      if (json) process.stdout.write(`${JSON.stringify(data)}\n`)
    },
    fail: (error) => {
      if (json)
        process.stdout.write(
          `${JSON.stringify({ error: { code: error.code, message: error.message, hint: error.hint } })}\n`,
        )
      else say(`${error.message} ${error.hint}`.trim())
    },
    progress: (at) => {
      const now = performance.now()
      if (!live || now - last < EVERY_MS) return
      last = now
      if (at === null) return done()
      process.stderr.write(
        `\r\u001b[K${bar(at.share)} ${at.label.en}`.slice(0, (process.stderr.columns ?? 80) + 4),
      )
      drawn = true
    },
  }
}

function bar(share: number | null): string {
  if (share === null) return '…'
  const full = Math.round(share * WIDTH)
  return `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${Math.round(share * 100)}%`
}
