import { shorten } from './words.ts'

/** The parts of card JSON 2.0 that we use. Every word of others stands in `plain_text`, where Lark reads no markup at all. */

export interface Element {
  readonly tag: string
  readonly [property: string]: unknown
}

export interface PlainText extends Element {
  readonly tag: 'plain_text'
  readonly content: string
}

type Look = Readonly<Partial<Record<'text_size' | 'text_color' | 'text_align', string>> & { lines?: number }>

export const GREY: Look = { text_size: 'notation', text_color: 'grey' }
export const HEADING: Look = { text_size: 'heading' }

/** `limit` in graphemes. An empty string is an error in Lark's eyes, so it becomes a dash. */
export function plain(words: string, limit: number): PlainText {
  return { tag: 'plain_text', content: shorten(words, limit).trim() || '–' }
}

export function line(words: string, limit: number, look: Look = {}): Element {
  return { tag: 'div', text: { ...plain(words, limit), ...look } }
}

/** A number that phones dial when it is tapped: markup, hence of `dialled` digits only. */
export function phone(dialled: string): Element {
  return { tag: 'markdown', content: `[${dialled}](tel://${dialled})` }
}

/** A line, or none where there are no words. */
export function lineIf(words: string, limit: number, look: Look = {}): readonly Element[] {
  return shorten(words, limit).trim() === '' ? [] : [line(words, limit, look)]
}

export function column(
  elements: readonly Element[],
  { weight, ...rest }: { weight?: number; background_style?: string; padding?: string } = {},
): Element {
  const width = weight === undefined ? { width: 'auto' } : { width: 'weighted', weight }
  return { tag: 'column', ...width, vertical_align: 'top', vertical_spacing: '2px', ...rest, elements }
}

/** @param flow `flow` wraps columns into lines, `none` keeps them side by side, `bisect` gives each one half. */
export function columns(flow: 'flow' | 'none' | 'bisect', held: readonly Element[]): Element {
  return { tag: 'column_set', flex_mode: flow, horizontal_spacing: '8px', columns: held }
}

/** What comes back when an element is pressed. */
export type Value = Readonly<Record<string, string | number>>

export function button(
  label: string,
  type: 'default' | 'primary_filled' | 'danger',
  value: Value,
  rest: { name?: string; form_action_type?: 'submit' } = {},
): Element {
  return {
    tag: 'button',
    ...rest,
    text: plain(label, 20),
    type,
    size: 'medium',
    behaviors: [{ type: 'callback', value }],
  }
}

/** Everything Lark may count towards its 200: whatever has a tag. */
export function countOf(part: unknown): number {
  if (Array.isArray(part)) return part.reduce((sum: number, each) => sum + countOf(each), 0)
  if (typeof part !== 'object' || part === null) return 0
  const own = 'tag' in part ? 1 : 0
  return Object.values(part).reduce((sum: number, each) => sum + countOf(each), own)
}
