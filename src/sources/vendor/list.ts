import { isObject } from '../cells.ts'

/** The objects in a list of an answer; none where there is no such list. */
export function listIn(answer: unknown, name: string): Record<string, unknown>[] {
  const list = isObject(answer) ? answer[name] : null
  return Array.isArray(list) ? list.filter(isObject) : []
}
