import { quoted } from '../../records/parsed.ts'
import type { RawRow } from './csv.ts'
import type { Line } from './lines.ts'

/** One JSON object a line; `columns` are its keys or dotted paths, in the order the cells are wanted. */
export function ndjsonRows(lines: readonly Line[], columns: readonly string[], seen: Set<string>): RawRow[] {
  const rows: RawRow[] = []
  for (const line of lines) {
    if (line.text.trim() !== '') rows.push(rowOf(line, columns, seen))
  }
  return rows
}

function rowOf(line: Line, columns: readonly string[], seen: Set<string>): RawRow {
  const refused = (reason: string): RawRow => ({ line: line.number, raw: line.text, reason })
  const value = parsed(line.text)
  if (value === undefined) return refused('is not valid JSON; write one object a line')
  if (!isObject(value)) return refused('is not a JSON object; write one object a line')
  if (hasPrototypeKey(line.text, value)) return refused('has a key "__proto__", which is refused; rename it')
  const cells: string[] = []
  for (const column of columns) {
    const found = at(value, column)
    if (found !== undefined) seen.add(column)
    if (isObject(found) || Array.isArray(found))
      return refused(`${quoted(column)} holds a list or an object, not a value`)
    if (typeof found === 'number' && Number.isInteger(found) && !Number.isSafeInteger(found)) {
      return refused(`${quoted(column)} is a number too large to be read exactly; write it as a string`)
    }
    cells.push(found === undefined || found === null ? '' : String(found))
  }
  return { line: line.number, raw: line.text, cells }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The value at a key, or at a dotted path where no key has that very name. Own properties only. */
function at(value: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(value, path)) return value[path]
  let current: unknown = value
  for (const step of path.split('.')) {
    if (!isObject(current) || !Object.hasOwn(current, step)) return undefined
    current = current[step]
  }
  return current
}

/** Looks inside only where the text can hold such a key, written plainly or with escapes. */
function hasPrototypeKey(text: string, value: unknown): boolean {
  if (!text.includes('__proto__') && !text.includes('\\u')) return false
  const todo: unknown[] = [value]
  while (todo.length > 0) {
    const next = todo.pop()
    if (typeof next !== 'object' || next === null) continue
    if (Object.hasOwn(next, '__proto__')) return true
    for (const inner of Object.values(next)) todo.push(inner)
  }
  return false
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
