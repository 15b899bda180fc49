import { z } from 'zod'
import { clean, type Locale } from '../../text.ts'
import type { Block, Button } from '../card.ts'
import { readJson } from '../json.ts'
import { LIMITS, type Option, type Pressable, type SlackBlock } from './blocks.ts'
import { plain } from './words.ts'

/** What a button carries. None of it is trusted: the server looks up what the pressed message stands for. */
export interface Carried {
  readonly args: string
  readonly version: number | null
}

const COMMAND = /^[a-z][a-z0-9-]{0,39}$/
/** Buttons that stand in the open; the rest goes behind "⋯". */
const IN_THE_OPEN = 4
const MOST_BUTTONS = 25

/**
 * A card's buttons: up to five in a row, else four and the rest behind an overflow menu.
 *
 * @param room characters of JSON they may take; the last ones that would go over are left out
 * @param place begins every button's number
 */
export function encodeButtons(
  buttons: readonly Button[],
  version: number | null,
  room: number,
  place = '',
): SlackBlock[] {
  const usable = within(
    buttons.filter((button) => isUsable(button, version)).slice(0, MOST_BUTTONS),
    (button) => costOf(optionValue(button, version), LIMITS.button),
    room,
  )
  if (usable.length === 0) return []
  if (usable.length <= IN_THE_OPEN + 1) {
    return [row(usable.map((button, at) => pressable(button, version, `${place}${at}`)))]
  }
  const open = usable.slice(0, IN_THE_OPEN).map((button, at) => pressable(button, version, `${place}${at}`))
  const rest = usable.slice(IN_THE_OPEN)
  const hidden = rest
    .filter((button) => optionValue(button, version).length <= LIMITS.optionValue)
    .slice(0, LIMITS.overflow)
  const left = rest
    .filter((button) => !hidden.includes(button))
    .map((button, at) => pressable(button, version, `${place}${IN_THE_OPEN + at}`))
  const menu: Pressable[] =
    hidden.length === 0
      ? []
      : [
          {
            type: 'overflow',
            action_id: `${MENU}:${place}`,
            options: hidden.map((button) => optionOf(button, version)),
          },
        ]
  return [row([...open, ...menu]), ...(left.length === 0 ? [] : [row(left)])]
}

/** The members that stay within `room` together, the first ones before the others. */
function within<T>(all: readonly T[], cost: (one: T) => number, room: number): T[] {
  let used = 0
  return all.filter((one) => {
    const next = used + cost(one)
    if (next > room) return false
    used = next
    return true
  })
}

/** At most what a button or option takes as JSON: its value, its label with every sign escaped, and the frame. */
function costOf(value: string, label: number): number {
  return JSON.stringify(value).length + 2 * label + 150
}

const MENU = 'menu'
const OPEN_WORD: Readonly<Record<Locale, string>> = { zh: '打开一行…', en: 'Open a line…' }

/** A list to open a table's rows from, one for each table that names cases. `room` and `place` as for buttons. */
export function encodeOpeners(
  blocks: readonly Block[],
  locale: Locale,
  room: number,
  place = '',
): SlackBlock[] {
  const found: { readonly table: number; readonly option: Option }[] = []
  let left = room - MOST_LISTS * FRAME
  for (const [table, block] of blocks.entries()) {
    if (block.kind !== 'table') continue
    for (const each of block.rows.slice(0, LIMITS.options)) {
      const option = openerOf(each)
      if (option === null) continue
      left -= JSON.stringify(option).length + 1
      if (left < 0) break
      found.push({ table, option })
    }
  }
  const tables = [...new Set(found.map(({ table }) => table))].slice(0, MOST_LISTS)
  return tables.map((table) =>
    row([
      {
        type: 'static_select',
        action_id: `${MENU_OF_ROWS}:${place}${table}`,
        placeholder: plain(OPEN_WORD[locale], LIMITS.placeholder),
        options: found.filter((each) => each.table === table).map(({ option }) => option),
      },
    ]),
  )
}

const MOST_LISTS = 2
/** What a list takes around its options. Characters of JSON. */
const FRAME = 300

const MENU_OF_ROWS = 'rows'

function openerOf({ cells, command }: Extract<Block, { kind: 'table' }>['rows'][number]): Option | null {
  if (command === undefined) return null
  const [verb = '', ...words] = command.trim().split(/\s+/)
  const value = carry(verb, { args: words.join(' '), version: null })
  if (!COMMAND.test(verb) || value.length > LIMITS.optionValue) return null
  return { text: plain(cells.slice(0, 4).join(' · '), LIMITS.option), value }
}

/** What was pressed, of a button, menu or list; null: nothing of ours. */
export function readPressed(action: {
  readonly action_id: string
  readonly value?: string | undefined
  readonly selected?: string | undefined
}): (Carried & { readonly command: string }) | null {
  const [id = ''] = action.action_id.split(':', 1)
  if (action.selected !== undefined) return readCarried(action.selected, null)
  return COMMAND.test(id) ? readCarried(action.value ?? '', id) : null
}

const carriedSchema = z.object({
  c: z.string().regex(COMMAND).optional(),
  a: z.string().max(LIMITS.buttonValue),
  v: z.number().int().nonnegative().nullish(),
})

function readCarried(value: string, command: string | null): (Carried & { command: string }) | null {
  const read = carriedSchema.safeParse(readJson(value))
  const named = command ?? read.data?.c
  if (!read.success || named === undefined) return null
  return { command: named, args: read.data.a, version: read.data.v ?? null }
}

function carry(command: string | null, { args, version }: Carried): string {
  const words = clean(args)
  const kept = version === null ? { a: words } : { a: words, v: version }
  return JSON.stringify(command === null ? kept : { c: command, ...kept })
}

function optionValue({ command, args }: Button, version: number | null): string {
  return carry(command, { args, version })
}

function optionOf(button: Button, version: number | null): Option {
  return { text: plain(button.label, LIMITS.option), value: optionValue(button, version) }
}

function pressable(button: Button, version: number | null, at: string): Pressable {
  return {
    type: 'button',
    // The number keeps two buttons of one command apart, such as a list's pages.
    action_id: `${button.command}:${at}`,
    text: plain(button.label, LIMITS.button),
    value: carry(null, { args: button.args, version }),
    ...(button.style === 'plain' ? {} : { style: button.style }),
  }
}

/** Words that would have to be cut would ask for something else: such a button is left out. */
function isUsable({ command, args }: Button, version: number | null): boolean {
  return COMMAND.test(command) && carry(null, { args, version }).length <= LIMITS.buttonValue
}

function row(elements: readonly Pressable[]): SlackBlock {
  return { type: 'actions', elements }
}
