import { type Locale, text } from '../../text.ts'
import type { Block } from '../card.ts'
import { type Element, line, plain } from './elements.ts'
import type { Place, Room } from './room.ts'
import { shorten } from './words.ts'

type Table = Extract<Block, { kind: 'table' }>

const TIER_COLOR = { P0: 'red', P1: 'orange', P2: 'yellow' } as const
const MOST_COLUMNS = 8
const CELL = 80
const OPEN = text('打开……', 'Open …')

/** Lark's own table, ten lines a page, with a menu under it that opens a line; past the card's share plain lines. */
export function tableElements(table: Table, room: Room, locale: Locale, place: Place): readonly Element[] {
  const { rows } = table
  if (rows.length === 0) return []
  const shown = rows.slice(0, room.items)
  if (!room.rich || place.tables <= 0) return [lines(shown, room)]
  place.tables -= 1
  return [drawn(table, shown), ...menu(shown, locale, place)]
}

function drawn({ columns }: Table, rows: Table['rows']): Element {
  const shown = columns.slice(0, MOST_COLUMNS)
  const tiered = rows.some(({ tier }) => tier !== undefined)
  const named = shown.map((name, at) => ({
    name: `c${at}`,
    display_name: shorten(name, 20),
    data_type: 'text',
    width: 'auto',
  }))
  return {
    tag: 'table',
    page_size: Math.min(10, rows.length),
    row_height: 'low',
    header_style: { background_style: 'grey', bold: true, text_size: 'normal' },
    columns: tiered
      ? [{ name: 'tier', display_name: '', data_type: 'options', width: '80px' }, ...named]
      : named,
    rows: rows.map(({ cells, tier }) => ({
      ...(tiered ? { tier: tier === undefined ? [] : [{ text: tier, color: TIER_COLOR[tier] }] } : {}),
      ...Object.fromEntries(shown.map((_, at) => [`c${at}`, shorten(cells[at] ?? '', CELL)])),
    })),
  }
}

function lines(rows: Table['rows'], room: Room): Element {
  const words = rows.map(({ cells, tier }) =>
    [
      ...(tier === undefined ? [] : [tier]),
      ...cells.slice(0, MOST_COLUMNS).map((cell) => shorten(cell, CELL)),
    ]
      .filter((cell) => cell !== '')
      .join(' · '),
  )
  return line(words.join('\n'), (room.text + CELL) * rows.length)
}

/** Cells of a Lark table cannot be pressed: what a line opens stands in a menu, at most 20 of them. */
function menu(rows: Table['rows'], locale: Locale, place: Place): readonly Element[] {
  const options = rows.flatMap(({ cells, command }) => {
    if (command === undefined || command.length > 80) return []
    const words = [cells[0], cells[1]].filter((cell) => cell !== undefined && cell !== '').join(' · ')
    return [{ text: plain(words, 60), value: command }]
  })
  const value = place.value('', '')
  if (options.length === 0 || value === null) return []
  place.menus += 1
  return [
    {
      tag: 'select_static',
      name: `open${place.menus}`,
      placeholder: plain(OPEN[locale], 20),
      width: 'default',
      options: options.slice(0, 20),
      behaviors: [{ type: 'callback', value }],
    },
  ]
}
