import type { Button } from '../../src/chat/card.ts'

/** Seconds a button is still of use; null: it has no end. `since` null: it was shown long ago. */
export function secondsLeft(
  { seconds }: Pick<Button, 'seconds'>,
  since: number | null,
  now: number,
): number | null {
  if (seconds === undefined) return null
  return since === null ? 0 : Math.max(0, Math.ceil(seconds - (now - since) / 1_000))
}
