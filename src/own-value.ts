/** What stands under a key that somebody typed; a table also has keys of every object's own (`constructor`), which nobody means. */
export function ownValue<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
