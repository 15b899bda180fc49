/**
 * The same value with every word in it the one that the program itself has: words that came from elsewhere (a file, a
 * database, another thread) only look like it, and are compared letter by letter each time something is looked up by them.
 */
export function interned<T>(value: T): T {
  if (typeof value === 'string') return word(value) as T
  if (Array.isArray(value)) return value.map(interned) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, interned(inner)])) as T
}

/** Names of properties are kept once. */
function word(text: string): string {
  return Object.keys({ [text]: 0 })[0]!
}
