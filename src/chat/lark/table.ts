import { clean, type Locale, text } from '../../text.ts'
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
  const of = tiered ? tierColumn(shown.length, rows) : -1
  const named = shown.map((name, at) => ({
    name: `c${at}`,
    display_name: shorten(name, 20),
    data_type: at === of ? 'options' : 'text',
    width: 'auto',
  }))
  const extra = { name: 'tier', display_name: '', data_type: 'options', width: '80px' }
  return {
    tag: 'table',
    page_size: Math.min(10, rows.length),
    row_height: 'auto',
    row_max_height: '96px',
    header_style: { background_style: 'grey', bold: true, text_size: 'normal' },
    columns: tiered && of < 0 ? [extra, ...named] : named,
    rows: rows.map(({ cells, tier }) => {
      const words = shown.map((_, at) => {
        const cell = cells[at] ?? ''
        return [`c${at}`, at === of ? labelOf(cell, tier) : shorten(cell, CELL)]
      })
      const label = tiered && of < 0 ? { tier: labelOf(tier ?? '', tier) } : {}
      return { ...label, ...Object.fromEntries(words) }
    }),
  }
}

/** The column that says the tiers anyway, to be shown as coloured labels; -1: none does. */
function tierColumn(count: number, rows: Table['rows']): number {
  return Array.from({ length: count }, (_, at) => at).findIndex((at) =>
    rows.every(({ cells, tier }) => tier === undefined || cells[at] === tier),
  )
}

function labelOf(words: string, tier: Table['rows'][number]['tier']): object[] {
  const shown = shorten(words, 20)
  return shown === '' ? [] : [{ text: shown, color: tier === undefined ? 'neutral' : TIER_COLOR[tier] }]
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
  const options = rows.flatMap(({ cells, tier, command }) => {
    if (command === undefined || command.length > 80 || clean(command) !== command) return []
    const words = cells.filter((cell) => cell !== '' && cell !== tier).slice(0, 3)
    return [{ text: plain(words.map((cell) => shorten(cell, 24)).join(' · '), 60), value: command }]
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
