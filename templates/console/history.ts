import { keep, read } from './prefs.ts'

/** Lines typed in this tab, oldest first. Kept for the tab alone: they may name customers. */

const KEY = 'foreshock.lines'
const LIMIT = 50

export function typedLines(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(read(KEY, 'session') ?? '[]')
    return Array.isArray(kept) ? kept.filter((line) => typeof line === 'string') : []
  } catch {
    return []
  }
}

export function rememberLine(line: string): void {
  const lines = [...typedLines().filter((each) => each !== line), line].slice(-LIMIT)
  keep(KEY, JSON.stringify(lines), 'session')
}
