import type { Locale } from '../../text.ts'
import type { Card } from '../card.ts'
import { LIMITS, type SlackBlock } from './blocks.ts'
import { cardBlocks } from './encode.ts'
import { plain } from './words.ts'

export interface Home {
  readonly type: 'home'
  readonly blocks: readonly SlackBlock[]
}

const EMPTY: Readonly<Record<Locale, string>> = {
  zh: '现在没有分给您的预警。输入 help 可以查看全部命令。',
  en: 'There are no cases for you right now. Type help to see every command.',
}
/** A page may hold more than a message; each card on it keeps to a part. Characters of JSON. */
const CARD_ROOM = 6_000

/** The bot's own page: cards one below the other, as many as whole ones fit. */
export function encodeHome(cards: readonly Card[], locale: Locale): Home {
  const blocks: SlackBlock[] = []
  for (const [at, card] of cards.entries()) {
    const shown = cardBlocks(card, locale, CARD_ROOM, `${at}.`)
    const parting: SlackBlock[] = blocks.length === 0 ? [] : [{ type: 'divider' }]
    if (blocks.length + parting.length + shown.length > LIMITS.homeBlocks) break
    blocks.push(...parting, ...shown)
  }
  if (blocks.length === 0) blocks.push({ type: 'section', text: plain(EMPTY[locale], LIMITS.section) })
  return { type: 'home', blocks }
}
