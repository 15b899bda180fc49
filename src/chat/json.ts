/** What a text holds as JSON; null: none. */
export function readJson(words: string): unknown {
  try {
    return JSON.parse(words)
  } catch {
    return null
  }
}
