import { clean, type Locale } from '../../text.ts'
import type { Card } from '../card.ts'
import { altOf } from '../pictures.ts'
import { blockElements } from './blocks.ts'
import {
  button,
  column,
  columns,
  countOf,
  type Element,
  line,
  lineIf,
  plain,
  type Value,
} from './elements.ts'
import type { Room } from './room.ts'
import { shorten } from './words.ts'

/** What we keep to; Lark's own figures are 30 KB and 200 elements. */
export const BUDGET = { bytes: 28_000, elements: 190 } as const

/** Longest words after a command that a button carries, UTF-16 units: a longer one would run something else if cut. */
const MOST_ARGS = 300
const MOST_BUTTONS = 12

export interface LarkCard {
  readonly schema: '2.0'
  readonly config: object
  readonly header: object
  readonly body: { readonly elements: readonly Element[] }
}

const ACCENT = {
  P0: 'red',
  P1: 'orange',
  P2: 'yellow',
  good: 'green',
  neutral: 'blue',
  muted: 'grey',
} as const

/** From the look we want down to bare lines; the first that fits is taken. */
const ROOMS: readonly Room[] = [
  { rich: true, text: 400, items: 20, blocks: 20 },
  { rich: true, text: 200, items: 10, blocks: 16 },
  { rich: false, text: 300, items: 20, blocks: 16 },
  { rich: false, text: 100, items: 12, blocks: 12 },
  { rich: false, text: 40, items: 6, blocks: 12 },
]

export interface Encoding {
  readonly locale: Locale
  /** True in the chat between the bot and one person: presses there are that person's. */
  readonly direct?: boolean
  /** Lark's key of the card's picture; absent or null: it has none. */
  readonly picture?: string | null
}

/** A card as card JSON 2.0, within Lark's limits whatever it holds. */
export function encodeCard(card: Card, how: Encoding): LarkCard {
  for (const room of ROOMS) {
    const encoded = encodeIn(card, room, how)
    if (fits(encoded)) return encoded
  }
  return encodePlain(card, how)
}

/** The same in one sentence with its buttons: what is sent where Lark refuses the card. */
export function encodePlain(card: Card, how: Encoding): LarkCard {
  return {
    ...shell(card),
    body: { elements: [...calledBy(card), line(card.fallback, 500), ...buttonsOf(card, how)] },
  }
}

export function fits(card: LarkCard): boolean {
  return Buffer.byteLength(JSON.stringify(card)) <= BUDGET.bytes && countOf(card) <= BUDGET.elements
}

function encodeIn(card: Card, room: Room, how: Encoding): LarkCard {
  const place = {
    charts: 3,
    tables: 3,
    menus: 0,
    value: (command: string, args: string) => carried(command, args, card, how),
  }
  const elements = card.blocks.slice(0, room.blocks).flatMap((block) => {
    const made = blockElements(block, room, how.locale, place)
    if (made.some(({ tag }) => tag === 'chart')) place.charts -= 1
    return made
  })
  const body = [...calledBy(card), ...elements, ...pictureOf(card, how), ...buttonsOf(card, how)]
  return { ...shell(card), body: { elements: body.length === 0 ? [line(card.fallback, 500)] : body } }
}

/** A user as Lark numbers them for this app. */
const USER = /^ou_[0-9a-z]{1,60}$/
const MOST_CALLED = 10

/** Who is told of it. The one place where Lark reads markup: it holds ids of our own records and nothing else. */
function calledBy({ mentions = [] }: Card): readonly Element[] {
  const called = mentions.slice(0, MOST_CALLED)
  const ids = called.flatMap(({ accounts }) => (USER.test(accounts['lark'] ?? '') ? [accounts['lark']!] : []))
  const others = called.filter(({ accounts }) => !ids.includes(accounts['lark'] ?? ''))
  return [
    ...(ids.length === 0
      ? []
      : [{ tag: 'markdown', content: ids.map((id) => `<at id=${id}></at>`).join(' ') }]),
    ...lineIf(others.map(({ name }) => `@${shorten(name, 60)}`).join('  '), 400),
  ]
}

/** What holds for every card of ours; `summary` is told in notifications. */
export function settingsOf(summary: string): LarkCard['config'] {
  return {
    update_multi: true,
    // A forwarded card would show customers to people who never saw the channel.
    enable_forward: false,
    width_mode: 'fill',
    summary: { content: shorten(summary, 120) },
  }
}

function shell(card: Card): Omit<LarkCard, 'body'> {
  const { badge, subtitle } = card
  const template = ACCENT[card.accent]
  return {
    schema: '2.0',
    config: settingsOf(card.fallback),
    header: {
      template,
      title: plain(card.title, 120),
      ...(subtitle === undefined || subtitle === '' ? {} : { subtitle: plain(subtitle, 120) }),
      ...(badge === undefined || badge === ''
        ? {}
        : { text_tag_list: [{ tag: 'text_tag', text: plain(badge, 12), color: tagColor(template) }] }),
    },
  }
}

/** Labels know "neutral" where headers know "grey". */
function tagColor(template: string): string {
  return template === 'grey' ? 'neutral' : template
}

function pictureOf(card: Card, { picture }: Encoding): readonly Element[] {
  if (card.picture === undefined || picture === undefined || picture === null) return []
  const alt = plain(altOf(card.picture), 200)
  return [{ tag: 'img', img_key: picture, alt, scale_type: 'fit_horizontal', preview: true }]
}

const TYPE = { primary: 'primary_filled', danger: 'danger', plain: 'default' } as const

function buttonsOf(card: Card, how: Encoding): readonly Element[] {
  const held = card.buttons.slice(0, MOST_BUTTONS).flatMap(({ command, args, label, style }) => {
    const value = carried(command, args, card, how)
    return value === null ? [] : [column([button(label, TYPE[style], value)])]
  })
  return held.length === 0 ? [] : [columns('flow', held)]
}

/** What a press brings back; null: it cannot be carried whole. Who may do it is decided on the server. */
function carried(command: string, args: string, card: Card, how: Encoding): Value | null {
  if (command.length > 40 || args.length > MOST_ARGS || !isClean(command + args)) return null
  return {
    command,
    args,
    ...(card.version === undefined ? {} : { version: card.version }),
    ...(how.direct === true ? { direct: 1 } : {}),
  }
}

/** Words that mean the same to whoever reads them. */
function isClean(words: string): boolean {
  return clean(words) === words
}
