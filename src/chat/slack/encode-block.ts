import type { Block, Instant } from '../card.ts'
import {
  LIMITS,
  type RichDate,
  type RichLine,
  type RichPart,
  type RichWords,
  type SlackBlock,
} from './blocks.ts'
import { MARK } from './marks.ts'
import { sparkline } from './sparkline.ts'
import { cut, oneLine, plain, run } from './words.ts'

type Run = RichWords | RichDate

/** How much of a card is drawn: characters a string, members a list. */
export interface Measure {
  readonly words: number
  readonly items: number
}

/** One block of a card as one of Slack's. Data stands in rich text, which Slack shows as it is. */
export function encodeBlock(block: Block, measure: Measure): SlackBlock {
  const { words, items } = measure
  switch (block.kind) {
    case 'text':
      return rich(section(...timed(cut(block.text, words), block.instant)))
    case 'note':
      return { type: 'context', elements: [plain(block.text, Math.min(words, LIMITS.context))] }
    case 'quote':
      return rich({ type: 'rich_text_quote', elements: quoted(block, words) })
    case 'fields':
      return rich(lines(block.fields.slice(0, items).map((field) => labelled(field, words))))
    case 'steps':
      return rich(title(block.title, words), list('ordered', block.steps.slice(0, items), words))
    case 'factors':
      return rich(
        lines([
          [run(oneLine(block.title, words), 'bold')],
          ...block.factors.slice(0, items).map((factor) => factorLine(factor, words)),
        ]),
      )
    case 'chart':
      return rich(lines(chartLines(block, words)))
    case 'table':
      return rich(lines(tableLines(block, measure)))
  }
}

function quoted({ text, by, pieces }: Extract<Block, { kind: 'quote' }>, words: number): RichWords[] {
  const whole = pieces?.map((piece) => piece.words).join('') === text && cut(text, words) === text
  const said = whole
    ? pieces!.map((piece) => (piece.marked ? run(piece.words, 'bold') : run(piece.words)))
    : [run(cut(text, words))]
  return [...said, run(`\n— ${oneLine(by, Math.min(words, 120))}`)]
}

type FieldLine = Extract<Block, { kind: 'fields' }>['fields'][number]

function labelled({ label, value, instant }: FieldLine, words: number): Run[] {
  return [run(oneLine(label, Math.min(words, 120)), 'bold'), ...timed(`  ${oneLine(value, words)}`, instant)]
}

/** Words in which a time stands that each reader is shown in their own zone. */
function timed(words: string, instant: Instant | undefined): Run[] {
  const at = instant === undefined || instant.words === '' ? -1 : words.indexOf(instant.words)
  if (instant === undefined || at < 0) return [run(words)]
  const [before, after] = [words.slice(0, at), words.slice(at + instant.words.length)]
  const timestamp = Math.floor(instant.at / 1_000)
  const date = {
    type: 'date',
    timestamp,
    format: '{date_short_pretty} {time}',
    fallback: instant.words,
  } as const
  return [...(before === '' ? [] : [run(before)]), date, ...(after === '' ? [] : [run(after)])]
}

type FactorLine = Extract<Block, { kind: 'factors' }>['factors'][number]

function factorLine({ label, numbers, share, note }: FactorLine, words: number): RichWords[] {
  const part = Math.min(words, 600)
  const told = [numbers, note ?? ''].filter((each) => each.trim() !== '').map((each) => oneLine(each, part))
  return [
    run(`${share === null || Number.isNaN(share) ? '•' : bar(share)}  `),
    run(oneLine(label, part), 'bold'),
    ...(told.length === 0 ? [] : [run(`  ${told.join(' · ')}`)]),
  ]
}

const CELLS = 10

function bar(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * CELLS)
  return '▰'.repeat(full) + '▱'.repeat(CELLS - full)
}

function chartLines(chart: Extract<Block, { kind: 'chart' }>, words: number): RichWords[][] {
  const ends = [chart.ends.from, chart.ends.to].map((end) => oneLine(end, Math.min(words, 40)))
  const drawn = sparkline(chart)
  return [
    [run(oneLine(chart.title, words), 'bold')],
    ...(drawn === '' ? [] : [[run(`${ends[0]}  ${drawn}  ${ends[1]}`)]]),
    [run(oneLine(chart.says, words))],
  ]
}

type Table = Extract<Block, { kind: 'table' }>

/** Slack draws no columns that stay straight on a phone: a row is a line, its first cell stands out. */
function tableLines({ columns, rows }: Table, { words, items }: Measure): RichWords[][] {
  const cell = Math.min(words, 120)
  const shown = columns.slice(0, 12).map((column) => oneLine(column, cell))
  const body = rows.slice(0, items).map(({ cells, tier }) => {
    const [first = '—', ...rest] = cells.slice(0, 12).map((each) => oneLine(each, cell))
    return [
      ...(tier === undefined ? [] : [run(`${MARK[tier]} `)]),
      run(first, 'bold'),
      ...(rest.length === 0 ? [] : [run(`  ${rest.join(' · ')}`)]),
    ]
  })
  const more = rows.length > items ? [[run(`… +${rows.length - items}`)]] : []
  return [...(shown.length === 0 ? [] : [[run(shown.join(' · '))]]), ...body, ...more]
}

function title(words: string, limit: number): RichLine {
  return section(run(oneLine(words, limit), 'bold'))
}

function list(style: 'ordered' | 'bullet', steps: readonly string[], words: number): RichPart {
  const elements = steps.map((step) => section(run(oneLine(step, words))))
  return { type: 'rich_text_list', style, elements: elements.length > 0 ? elements : [section(run('—'))] }
}

/** One paragraph, a line break between its lines. */
function lines(of: readonly (readonly Run[])[]): RichLine {
  const runs = of.flatMap((each, at) => (at === 0 ? each : [run('\n'), ...each]))
  return section(...(runs.length === 0 ? [run('—')] : runs))
}

function section(...elements: readonly Run[]): RichLine {
  return { type: 'rich_text_section', elements }
}

function rich(...elements: readonly RichPart[]): SlackBlock {
  return { type: 'rich_text', elements }
}
