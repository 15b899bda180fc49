import { bad, good, type Parsed, quoted } from '../records/parsed.ts'

/**
 * What a JSON object holds at these keys or dotted paths, as text.
 *
 * @param suspect whether `mayHide` says so of the text it was read from
 * @param seen the columns that were found are added to it
 */
export function cellsIn(
  value: unknown,
  columns: readonly string[],
  suspect: boolean,
  seen: Set<string>,
): Parsed<string[]> {
  if (!isObject(value))
    return bad('不是 JSON 对象；请每行写一个', 'is not a JSON object; write one object a line')
  if (suspect && hasPrototypeKey(value))
    return bad('有不允许的键“__proto__”；请改名', 'has a key "__proto__", which is refused; rename it')
  const cells: string[] = []
  for (const column of columns) {
    const found = at(value, column)
    if (found !== undefined) seen.add(column)
    if (isObject(found) || Array.isArray(found))
      return bad(
        `${quoted(column)} 里是列表或对象，不是单个值`,
        `${quoted(column)} holds a list or an object, not a value`,
      )
    if (typeof found === 'number' && Number.isInteger(found) && !Number.isSafeInteger(found)) {
      return bad(
        `${quoted(column)} 的数字太大，无法精确读取；请写成字符串`,
        `${quoted(column)} is a number too large to be read exactly; write it as a string`,
      )
    }
    cells.push(found === undefined || found === null ? '' : String(found))
  }
  return good(cells)
}

/** The value at a key, or at a dotted path where no key has that very name. Own properties only. */
export function at(value: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(value, path)) return value[path]
  let current: unknown = value
  for (const step of path.split('.')) {
    if (!isObject(current) || !Object.hasOwn(current, step)) return undefined
    current = current[step]
  }
  return current
}

/** Whether a text can hold the key "__proto__", written plainly or with escapes: only then need one look inside. */
export function mayHide(text: string): boolean {
  return text.includes('__proto__') || text.includes('\\u')
}

function hasPrototypeKey(value: unknown): boolean {
  const todo: unknown[] = [value]
  while (todo.length > 0) {
    const next = todo.pop()
    if (typeof next !== 'object' || next === null) continue
    if (Object.hasOwn(next, '__proto__')) return true
    for (const inner of Object.values(next)) todo.push(inner)
  }
  return false
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
