import type { Locale } from '../../text.ts'
import type { Card } from '../card.ts'
import { LIMITS, type SlackBlock } from './blocks.ts'
import { encodeBlock, type Measure } from './encode-block.ts'
import { encodeButtons, encodeOpeners } from './encode-buttons.ts'
import { MARK } from './marks.ts'
import { escaped, plain } from './words.ts'

/** A card as Slack takes it. */
export interface SlackMessage {
  /** For notifications and readers that draw no blocks. */
  readonly text: string
  readonly blocks: readonly SlackBlock[]
}

/** How much is drawn: all of it, then ever less until the message fits. */
const MEASURES: readonly Measure[] = [
  { words: LIMITS.rich, items: 60 },
  { words: 600, items: 40 },
  { words: 300, items: 30 },
  { words: 160, items: 20 },
  { words: 80, items: 12 },
  { words: 40, items: 8 },
  { words: 24, items: 5 },
]
/** Of a message's limit, buttons and lists to choose from get at most this. Characters of JSON. */
const BUTTON_ROOM = 5_000

/** The card as a message: pure, and within LIMITS whatever stands in the card. */
export function encodeCard(card: Card, locale: Locale): SlackMessage {
  return { text: escaped(card.fallback, LIMITS.text), blocks: cardBlocks(card, locale, LIMITS.message) }
}

/** The words alone, for when Slack refuses the card. */
export function encodePlain(card: Card): SlackMessage {
  const text = escaped(card.fallback, LIMITS.text)
  return { text, blocks: [{ type: 'section', text: plain(card.fallback, LIMITS.section) }] }
}

/**
 * A card's blocks in at most `room` characters of JSON.
 *
 * @param place begins the number of every button, so that cards on one page keep theirs apart
 */
export function cardBlocks(card: Card, locale: Locale, room: number, place = ''): SlackBlock[] {
  const head = headOf(card)
  const foot = footOf(card, locale, Math.min(BUTTON_ROOM, Math.floor(room / 2)), place)
  const most = LIMITS.blocks - head.length - foot.length
  let drawn: SlackBlock[] = []
  for (const measure of MEASURES) {
    drawn = card.blocks
      .slice(0, most)
      .map((block) => encodeBlock(block, measure))
      .slice(0, most)
    if (sizeOf([...head, ...drawn, ...foot]) <= room) return [...head, ...drawn, ...foot]
  }
  while (drawn.length > 0 && sizeOf([...head, ...drawn, ...foot]) > room) drawn.pop()
  return [...head, ...drawn, ...foot]
}

export function sizeOf(blocks: readonly SlackBlock[]): number {
  return JSON.stringify(blocks).length
}

function headOf({ accent, badge, title, subtitle }: Card): SlackBlock[] {
  const signs = [MARK[accent], badge === undefined ? '' : plain(badge, 20).text].filter((sign) => sign !== '')
  const words = [signs.join(' '), title].filter((part) => part !== '').join(signs.length > 0 ? '  ' : '')
  const header: SlackBlock = { type: 'header', text: plain(words, LIMITS.header) }
  if (subtitle === undefined) return [header]
  return [header, { type: 'context', elements: [plain(subtitle, 300)] }]
}

/** Lists to choose a case from, then the buttons; the last ones go first where all would be too much. */
function footOf(card: Card, locale: Locale, room: number, place: string): SlackBlock[] {
  const buttons = encodeButtons(card.buttons, card.version ?? null, place)
  const openers = encodeOpeners(card.blocks, locale, place)
  for (let kept = openers.length; kept >= 0; kept -= 1) {
    const foot = [...openers.slice(0, kept), ...buttons]
    if (sizeOf(foot) <= room) return foot
  }
  let fewer = card.buttons
  while (fewer.length > 0) {
    fewer = fewer.slice(0, -1)
    const foot = encodeButtons(fewer, card.version ?? null, place)
    if (sizeOf(foot) <= room) return foot
  }
  return []
}
