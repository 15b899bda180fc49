import type { Card } from '../chat/card.ts'
import type { Grade } from '../demo/grade.ts'

/** A grade as lines of `truth.recall  0.71`; a dash where there was nothing to judge by. */
export function gradeTable(grade: Grade): string {
  return columns(flat('', grade))
}

function flat(path: string, value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[path, value === null ? '-' : String(value)]]
  return Object.entries(value).flatMap(([name, inner]) => flat(path === '' ? name : `${path}.${name}`, inner))
}

/** A card as plain text and columns, for a terminal or an e-mail. */
export function cardText(card: Card): string {
  const blocks = card.blocks.map((block) => {
    if (block.kind === 'table') return columns([block.columns, ...block.rows.map((row) => row.cells)])
    if (block.kind === 'fields') return columns(block.fields.map(({ label, value }) => [label, value]))
    if (block.kind === 'steps') return [block.title, ...block.steps.map((step) => `- ${step}`)].join('\n')
    return block.kind === 'text' || block.kind === 'note' ? block.text : ''
  })
  return [card.title, card.subtitle ?? '', ...blocks].filter((line) => line !== '').join('\n')
}

export function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))))
  const pad = (cell: string, column: number): string =>
    cell + ' '.repeat(Math.max(0, widths[column]! - widthOf(cell)))
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n')
}

// Chinese characters take two columns of a terminal.
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u

function widthOf(words: string): number {
  let width = 0
  for (const character of words) width += WIDE.test(character) ? 2 : 1
  return width
}
