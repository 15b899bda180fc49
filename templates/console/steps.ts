/** Walking through cards without a mouse: J and K (or arrows) to the next and the last, Enter opens, Escape leads out. */
export type Step = 'next' | 'back' | 'open' | 'leave'

/** What a key means on a card (`here`) or anywhere outside a field; null: nothing of ours. */
export function stepOf(key: string, here: boolean): Step | null {
  if (key === 'j' || (here && key === 'ArrowDown')) return 'next'
  if (key === 'k' || (here && key === 'ArrowUp')) return 'back'
  if (here && key === 'Enter') return 'open'
  return here && key === 'Escape' ? 'leave' : null
}
