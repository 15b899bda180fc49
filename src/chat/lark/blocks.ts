import type { Locale } from '../../text.ts'
import { type Block, dialled } from '../card.ts'
import { chartElements } from './chart.ts'
import { column, columns, type Element, GREY, HEADING, line, lineIf, phone } from './elements.ts'
import type { Place, Room } from './room.ts'
import { tableElements } from './table.ts'
import { shorten } from './words.ts'

/** One block of the card in Lark's elements. */
export function blockElements(block: Block, room: Room, locale: Locale, place: Place): readonly Element[] {
  switch (block.kind) {
    case 'text':
      return lineIf(block.text, room.text)
    case 'note':
      return lineIf(block.text, room.text, GREY)
    case 'quote':
      return quote(block, room, locale)
    case 'fields':
      return fields(block.fields.slice(0, room.items), room, locale)
    case 'factors':
      return factors(block, room)
    case 'steps':
      return steps(block, room)
    case 'chart':
      return chartElements(block, room.rich && place.charts > 0, room.text)
    case 'table':
      return tableElements(block, room, locale, place)
  }
}

type Of<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>

function quote({ text, by, pieces }: Of<'quote'>, room: Room, locale: Locale): readonly Element[] {
  // Plain text knows no bold: what was looked for stands in brackets.
  const marked = pieces?.map((piece) => (piece.marked ? `【${piece.words}】` : piece.words)).join('')
  const words = shorten(marked ?? text, room.text)
  const said = line(locale === 'zh' ? `“${words}”` : `"${words}"`, room.text + 2)
  const held = [said, ...lineIf(by, 80, GREY)]
  if (!room.rich) return held
  return [columns('none', [column(held, { weight: 1, background_style: 'grey', padding: '8px 12px' })])]
}

/** Two a line: a small grey name over its value. */
function fields(all: Of<'fields'>['fields'], room: Room, locale: Locale): readonly Element[] {
  if (all.length === 0) return []
  const colon = locale === 'zh' ? '：' : ': '
  if (!room.rich) {
    const words = all.map(({ label, value }) => `${shorten(label, 40)}${colon}${shorten(value, room.text)}`)
    return [line(words.join('\n'), room.text * all.length)]
  }
  const cells = all.map(({ label, value, dial }) => {
    const number = dialled(dial)
    const said = number === null ? line(value, room.text) : phone(number)
    return column([...lineIf(label, 40, GREY), said], { weight: 1 })
  })
  // A lone last one has the whole width: it is often the longest.
  return pairs(cells).map((pair) => columns(pair.length === 2 ? 'bisect' : 'none', pair))
}

function pairs<T>(all: readonly T[]): T[][] {
  return all.filter((_, at) => at % 2 === 0).map((_, at) => all.slice(at * 2, at * 2 + 2))
}

/** Blocks of a whole share. Every phone has this character, and bars of one kind begin in one line. */
const BAR = 10

function factors({ title, factors: all }: Of<'factors'>, room: Room): readonly Element[] {
  const shown = all.slice(0, room.items)
  if (shown.length === 0) return []
  const head = line(title, 60, HEADING)
  if (!room.rich) {
    const words = shown.map(
      ({ label, numbers, share }) =>
        `${share === null ? '' : `${percent(share)} `}${shorten(label, 60)}  ${shorten(numbers, 80)}`,
    )
    return [head, line(words.join('\n'), 160 * shown.length)]
  }
  return [
    head,
    ...shown.map(({ label, numbers, share, note }) => {
      const small = [numbers, note ?? '']
        .filter((words) => words !== '')
        .map((words) => shorten(words, 80))
        .join(' · ')
      const left = column([line(label, 60), ...lineIf(small, 170, GREY)], { weight: 3 })
      if (share === null) return columns('none', [left])
      const bar = line(`${drawn(share)} ${percent(share)}`, 24, { text_color: 'blue' })
      return columns('none', [left, column([bar], { weight: 2 })])
    }),
  ]
}

function drawn(share: number): string {
  const halves = Math.round(within(share) * BAR * 2)
  return '█'.repeat(Math.floor(halves / 2)) + '▌'.repeat(halves % 2)
}

function percent(share: number): string {
  return `${Math.round(within(share) * 100)}%`
}

function within(share: number): number {
  return Number.isNaN(share) ? 0 : Math.min(1, Math.max(0, share))
}

function steps({ title, steps: all }: Of<'steps'>, room: Room): readonly Element[] {
  const shown = all.slice(0, room.items)
  if (shown.length === 0) return []
  const words = shown.map((step, at) => `${at + 1}. ${shorten(step, room.text)}`)
  return [line(title, 60, HEADING), line(words.join('\n'), (room.text + 4) * shown.length)]
}
