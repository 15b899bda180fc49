import type { z } from 'zod'

/**
 * A list that is changed from chat, as it is stored: an entry that no longer reads, of another release or an older fault,
 * costs itself and not the others.
 *
 * @param unread is told of what is left out
 */
export function readList<T>(
  entry: z.ZodType<T>,
  stored: unknown,
  unread: (left: unknown) => void = () => {},
): T[] {
  if (!Array.isArray(stored)) {
    if (stored !== null && stored !== undefined) unread(stored)
    return []
  }
  return stored.flatMap((each: unknown) => {
    const parsed = entry.safeParse(each)
    if (!parsed.success) unread(each)
    return parsed.success ? [parsed.data] : []
  })
}
