import type { Card } from '../card.ts'

/**
 * The colour of a card's edge as a square beside its badge. An attachment would have a real edge, but Slack hides what
 * is long in an attachment, buttons included, behind "Show more".
 */
export const MARK: Readonly<Record<Card['accent'], string>> = {
  P0: '🟥',
  P1: '🟧',
  P2: '🟨',
  good: '🟩',
  neutral: '',
  muted: '⬜',
}
