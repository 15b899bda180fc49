import type { Block, Card, Chart } from '../src/chat/card.ts'
import { clean, clip } from '../src/text.ts'

/** What every card keeps to, whatever the data: graphemes a string, blocks, points a chart, UTF-8 bytes a card. */
export const LIMITS = {
  field: 300,
  fallback: 400,
  quote: 160,
  name: 30,
  cell: 24,
  title: 120,
  blocks: 12,
  points: 40,
  label: 24,
  bytes: 12_000,
} as const

/** Words from outside on one line: controls, runs of blanks and piled-up accents removed, then cut to `limit`. */
export function shown(words: string, limit: number): string {
  const head = words.slice(0, room(limit) * 2)
  const tidy = clean(head.replace(/[\ud800-\udbff]$/, ''))
    .replace(/\s+/g, ' ')
    .replace(/(\p{M}{4})\p{M}+/gu, '$1')
    .trim()
  return cut(head.length < words.length ? `${tidy}…` : tidy, limit)
}

/** The card with every string, the number of blocks and the whole within LIMITS; long strings give way first. */
export function withinLimits(card: Card): Card {
  let fitted = card
  for (const limit of [LIMITS.field, 160, 80, 40, LIMITS.cell, 12, 6]) {
    fitted = capped(card, limit)
    // A picture is no part of the message: its bytes count for nothing.
    if (Buffer.byteLength(JSON.stringify({ ...fitted, picture: undefined })) <= LIMITS.bytes) break
  }
  return fitted
}

function capped(card: Card, limit: number): Card {
  return {
    ...card,
    title: cut(card.title, LIMITS.title),
    ...(card.subtitle === undefined ? {} : { subtitle: cut(card.subtitle, LIMITS.title) }),
    blocks: fewBlocks(card.blocks).map((block) => cappedBlock(block, limit)),
    ...(card.picture === undefined
      ? {}
      : { picture: card.picture.map((chart) => cappedChart(chart, limit)) }),
    fallback: cut(card.fallback, LIMITS.fallback),
  }
}

/** As many as there may be. What stands last says how old the data is: of a card that is too full the part before it goes. */
function fewBlocks(blocks: readonly Block[]): readonly Block[] {
  if (blocks.length <= LIMITS.blocks) return blocks
  return [...blocks.slice(0, LIMITS.blocks - 1), blocks.at(-1)!]
}

function cappedBlock(block: Block, limit: number): Block {
  const short = (words: string) => cut(words, limit)
  switch (block.kind) {
    case 'text':
    case 'note':
      return { ...block, text: short(block.text) }
    case 'quote':
      return cappedQuote(block, Math.min(limit, LIMITS.quote))
    case 'fields':
      return {
        ...block,
        fields: block.fields.map((f) => ({ ...f, label: cut(f.label, 48), value: short(f.value) })),
      }
    case 'factors':
      return {
        ...block,
        factors: block.factors.map((factor) => ({
          ...factor,
          label: cut(factor.label, 60),
          numbers: cut(factor.numbers, 80),
          ...(factor.note === undefined ? {} : { note: cut(factor.note, 80) }),
        })),
      }
    case 'steps':
      return { ...block, steps: block.steps.map(short) }
    case 'chart':
      return cappedChart(block, limit)
    case 'table':
      return { ...block, rows: block.rows.map((row) => ({ ...row, cells: row.cells.map(short) })) }
  }
}

/** A quote that has to be cut loses its marks. */
function cappedQuote({ pieces, ...block }: Extract<Block, { kind: 'quote' }>, limit: number): Block {
  const text = cut(block.text, limit)
  const whole = pieces !== undefined && text === block.text
  return { ...block, text, by: cut(block.by, 120), ...(whole ? { pieces } : {}) }
}

/** The newest points, every number one that can be drawn. */
function cappedChart(chart: Chart, limit: number): Chart {
  const label = Math.min(limit, LIMITS.label)
  return {
    ...chart,
    title: cut(chart.title, 60),
    says: cut(chart.says, Math.min(limit, 160)),
    points: chart.points
      .filter(({ at }) => Number.isFinite(at))
      .slice(-LIMITS.points)
      .map((point) => ({
        at: point.at,
        value: Number.isFinite(point.value) ? point.value : null,
        label: cut(point.label, label),
        ...(point.note === undefined ? {} : { note: cut(point.note, 12) }),
      })),
    ends: { from: cut(chart.ends.from, label), to: cut(chart.ends.to, label) },
  }
}

// A grapheme may be made of many code points (families, accents), so code units are bounded beside graphemes.
const room = (limit: number) => limit * 2 + 16
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

function cut(words: string, limit: number): string {
  const short = clip(words, limit)
  if (short.length <= room(limit)) return short
  let end = 0
  for (const { segment, index } of segmenter.segment(short)) {
    if (index + segment.length >= room(limit)) break
    end = index + segment.length
  }
  return `${short.slice(0, end)}…`
}
