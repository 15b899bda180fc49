import type { Value } from './elements.ts'

/** How roomy a card may be: each step down keeps the words and gives up looks, then length. */
export interface Room {
  /** True: pairs, bars and grey boxes; false: one line each. */
  readonly rich: boolean
  /** Graphemes of a paragraph. */
  readonly text: number
  /** Entries of a list: fields, factors, steps, rows. */
  readonly items: number
  /** Blocks of the card. */
  readonly blocks: number
}

/** Where a block stands: what the card may still hold, and how its commands are written. */
export interface Place {
  /** Charts and tables the card has room for: Lark draws five of each, and more is an error. */
  charts: number
  tables: number
  /** Menus need names of their own. */
  menus: number
  value(command: string, args: string): Value | null
}
