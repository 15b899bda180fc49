import type { Locale } from '../../text.ts'
import type { Block, Card } from '../card.ts'
import { altOf, chartsIn } from '../pictures.ts'
import { LIMITS, type SlackBlock } from './blocks.ts'
import { encodeBlock, type Measure } from './encode-block.ts'
import { encodeButtons, encodeOpeners } from './encode-buttons.ts'
import { MARK } from './marks.ts'
import { SLACK } from './name.ts'
import { cut, escaped, oneLine, plain, run } from './words.ts'

/** A user of Slack, as Slack numbers them. */
const USER = /^[UW][A-Z0-9]{1,20}$/
const MOST_CALLED = 10

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

/**
 * The card as a message: pure, and within LIMITS whatever stands in the card.
 *
 * @param picture Slack's id of the picture of the card's charts; null: it has none
 */
export function encodeCard(card: Card, locale: Locale, picture: string | null = null): SlackMessage {
  const { shown, image } = picture === null ? { shown: card, image: [] } : illustrated(card, picture)
  return {
    text: escaped(card.fallback, LIMITS.text),
    blocks: cardBlocks(shown, locale, LIMITS.message, '', image),
  }
}

/** What the picture shows needs no lines of signs; its words stand in the picture, and here for who cannot see it. */
function illustrated(card: Card, id: string): { readonly shown: Card; readonly image: SlackBlock[] } {
  const alt_text = cut(altOf(chartsIn(card)), LIMITS.alt)
  const blocks = card.picture === undefined ? card.blocks.filter(({ kind }) => kind !== 'chart') : card.blocks
  return { shown: { ...card, blocks }, image: [{ type: 'image', slack_file: { id }, alt_text }] }
}

/** The words alone, for when Slack refuses the card. */
export function encodePlain(card: Card): SlackMessage {
  const text = escaped(card.fallback, LIMITS.text)
  return {
    text,
    blocks: [{ type: 'section', text: plain(card.fallback, LIMITS.section) }, ...calledBy(card)],
  }
}

/**
 * A card's blocks in at most `room` characters of JSON.
 *
 * @param place begins the number of every button, so that cards on one page keep theirs apart
 * @param image stands above the buttons
 */
export function cardBlocks(
  card: Card,
  locale: Locale,
  room: number,
  place = '',
  image: readonly SlackBlock[] = [],
): SlackBlock[] {
  const head = headOf(card)
  const foot = [...image, ...footOf(card, locale, Math.min(BUTTON_ROOM, Math.floor(room / 2)), place)]
  const most = LIMITS.blocks - head.length - foot.length
  const left = room - sizeOf([...head, ...foot])
  const blocks = card.blocks.slice(0, most)
  for (const measure of MEASURES) {
    if (roughSize(blocks, measure) > left) continue
    const drawn = blocks.map((block) => encodeBlock(block, measure))
    if (sizeOf(drawn) <= left) return [...head, ...drawn, ...foot]
  }
  return [...head, ...firstOf(blocks, left), ...foot]
}

/** The first blocks, at their shortest, as many as there is room for. */
function firstOf(blocks: readonly Block[], room: number): SlackBlock[] {
  const drawn: SlackBlock[] = []
  let left = room
  for (const block of blocks) {
    const next = encodeBlock(block, MEASURES.at(-1)!)
    left -= sizeOf([next])
    if (left < 0) break
    drawn.push(next)
  }
  return drawn
}

/** Characters there would be to draw, without drawing them: a card of megabytes is not drawn seven times to see it. */
function roughSize(value: unknown, { words, items }: Measure): number {
  if (typeof value === 'string') return Math.min(value.length, words)
  if (typeof value !== 'object' || value === null) return 0
  const parts: readonly unknown[] = Array.isArray(value) ? value.slice(0, items) : Object.values(value)
  return parts.reduce<number>((sum, part) => sum + roughSize(part, { words, items }), 0)
}

export function sizeOf(blocks: readonly SlackBlock[]): number {
  return JSON.stringify(blocks).length
}

function headOf(card: Card): SlackBlock[] {
  const { accent, badge, title, subtitle } = card
  const signs = [MARK[accent], badge === undefined ? '' : plain(badge, 20).text]
  const words = [...signs, title].filter((part) => part !== '').join(' ')
  if (isLine(card)) return [{ type: 'section', text: plain(words, LIMITS.section) }, ...calledBy(card)]
  const header: SlackBlock = { type: 'header', text: plain(words, LIMITS.header) }
  if (subtitle === undefined) return [header, ...calledBy(card)]
  return [header, { type: 'context', elements: [plain(subtitle, 300)] }, ...calledBy(card)]
}

/** Who is told of it, by the ids of their accounts; who has none here is named. */
function calledBy({ mentions = [] }: Card): SlackBlock[] {
  if (mentions.length === 0) return []
  const elements = mentions.slice(0, MOST_CALLED).flatMap(({ name, accounts }, at) => {
    const id = accounts[SLACK] ?? ''
    const who = USER.test(id)
      ? ({ type: 'user', user_id: id } as const)
      : run(`@${oneLine(name, 80)}`, 'bold')
    return at === 0 ? [who] : [run('  '), who]
  })
  return [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }]
}

/** A single sentence, such as "Lin Xiaowen claimed this." in a thread, needs no headline's size. */
function isLine({ badge, subtitle, blocks, buttons }: Card): boolean {
  return badge === undefined && subtitle === undefined && blocks.length === 0 && buttons.length === 0
}

/** Lists to open a line from, then the buttons, which come first where there is no room for all. */
function footOf(card: Card, locale: Locale, room: number, place: string): SlackBlock[] {
  const buttons = encodeButtons(card.buttons, card.version ?? null, room, place)
  return [...encodeOpeners(card.blocks, locale, room - sizeOf(buttons), place), ...buttons]
}
