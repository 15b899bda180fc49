/** Statements the embedded database keeps prepared for these; a list of columns makes each a little other. */
const MOST = 200

const names = new Map<string, string>()

/**
 * A statement whose plan the embedded database keeps, for small ones that come again and again: there planning them takes
 * longer than running them. A plan is never made anew while its tables grow, so only look-ups row by row (LATERAL with
 * LIMIT) and insertions are asked for so. Not for a server, where a pooler may hand the next one to another session.
 */
export function prepared(
  isKept: boolean,
  text: string,
  values: readonly unknown[],
): { text: string; values: unknown[]; name?: string } {
  const query = { text, values: [...values] }
  const name = isKept ? nameOf(text) : null
  return name === null ? query : { ...query, name }
}

function nameOf(text: string): string | null {
  const known = names.get(text)
  if (known !== undefined) return known
  if (names.size >= MOST) return null
  const name = `p${names.size + 1}`
  names.set(text, name)
  return name
}
