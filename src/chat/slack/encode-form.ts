import { z } from 'zod'
import { clean, type Locale } from '../../text.ts'
import type { Form, FormField } from '../card.ts'
import type { Deed, FormAsked, Inbound } from '../inbound.ts'
import { LIMITS, type Option, type Plain } from './blocks.ts'
import { oneLine, plain } from './words.ts'

/** callback_id of the forms that commands ask for, and of the message shortcut with its own form. */
export const FORM = 'form'
export const ADD_TO_CASE = 'add-to-case'
/** action_id of every input; its block is named after the field. */
const VALUE = 'value'

/** Where a form was asked for; it travels in the view and comes back with the values. */
const fromSchema = z.object({
  channel: z.string().max(100).nullable(),
  message: z.string().max(100).nullable(),
  thread: z.string().max(100).nullable(),
  responseUrl: z.string().max(500).nullable(),
})
export type AskedFrom = z.output<typeof fromSchema>

const metadataSchema = z.object({
  from: fromSchema,
  command: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  args: z.string().max(2_000),
  version: z.number().int().nonnegative().nullable(),
})

type Input =
  | {
      readonly type: 'plain_text_input'
      readonly action_id: string
      readonly multiline: boolean
      readonly max_length: number
      readonly placeholder?: Plain
      readonly initial_value?: string
    }
  | {
      readonly type: 'number_input'
      readonly action_id: string
      readonly is_decimal_allowed: true
      readonly min_value: string
      readonly initial_value?: string
    }
  | {
      readonly type: 'static_select'
      readonly action_id: string
      readonly options: readonly Option[]
      readonly initial_option?: Option
    }

export interface InputBlock {
  readonly type: 'input'
  readonly block_id: string
  readonly label: Plain
  readonly optional: boolean
  readonly element: Input
}

export interface Modal {
  readonly type: 'modal'
  readonly callback_id: string
  readonly title: Plain
  readonly submit: Plain
  readonly close: Plain
  readonly private_metadata: string
  readonly blocks: readonly InputBlock[]
}

/** A form as a modal. Null when it cannot be one: words that would have to come back are too long. */
export function encodeForm(asked: FormAsked, event: Inbound): Modal | null {
  const { form, locale, command, args } = asked
  const from: AskedFrom = {
    channel: event.channel,
    message: event.message,
    thread: event.way['thread'] ?? null,
    responseUrl: event.way['responseUrl'] ?? null,
  }
  const version = event.did.kind === 'press' ? event.did.version : null
  return modalOf(form[locale], locale, FORM, { from, command, args, version })
}

/** The shortcut's own form: whose words these are, and the words. */
export function encodeAddToCase(said: string, from: AskedFrom, locale: Locale): Modal | null {
  const { customer, words } = SHORTCUT_FIELDS[locale]
  const form: Form = {
    title: SHORTCUT_TITLE[locale],
    submit: locale === 'zh' ? '记下' : 'Add',
    fields: [
      { kind: 'text', name: 'customer', ...customer, required: true },
      { kind: 'text', name: 'words', ...words, multiline: true, required: true },
    ],
  }
  const modal = modalOf(form, locale, ADD_TO_CASE, { from, command: 'heard', args: '', version: null })
  if (modal === null || said === '') return modal
  return { ...modal, blocks: modal.blocks.map((block) => prefilled(block, 'words', said)) }
}

/** Label in Slack's menu of message shortcuts. At most 24 characters. */
export const SHORTCUT_TITLE: Readonly<Record<Locale, string>> = { zh: '记为客户的话', en: 'Add to case' }

const SHORTCUT_FIELDS = {
  zh: {
    customer: { label: '哪位客户', placeholder: 'C-123、手机号或姓名' },
    words: { label: '客户说了什么' },
  },
  en: {
    customer: { label: 'Which customer', placeholder: 'C-123, a phone number or a name' },
    words: { label: 'What they said' },
  },
} as const

/** What a sent form says; null: not one of ours. */
export function readSubmitted(view: {
  readonly callback_id: string
  readonly private_metadata: string
  readonly state: {
    readonly values: Readonly<
      Record<
        string,
        Readonly<
          Record<
            string,
            {
              readonly value?: string | null | undefined
              readonly selected_option?: { readonly value: string } | null | undefined
            }
          >
        >
      >
    >
  }
}): { readonly from: AskedFrom; readonly did: Deed } | null {
  const known = metadataSchema.safeParse(jsonOf(view.private_metadata))
  if (!known.success) return null
  const { from, command, args, version } = known.data
  const form: Record<string, string> = {}
  for (const [name, inputs] of Object.entries(view.state.values)) {
    const given = inputs[VALUE]
    const value = given?.selected_option?.value ?? given?.value
    if (typeof value === 'string') form[name] = clean(value)
  }
  if (view.callback_id === ADD_TO_CASE) {
    // Quotes hold a name of several words together.
    const who = (form['customer'] ?? '').replaceAll('"', ' ').trim()
    const customer = who.includes(' ') ? `"${who}"` : who
    return { from, did: { kind: 'say', line: `heard ${customer} ${form['words'] ?? ''}`.trim() } }
  }
  if (view.callback_id !== FORM) return null
  return { from, did: { kind: 'press', command, args, form, version } }
}

const CLOSE: Readonly<Record<Locale, string>> = { zh: '取消', en: 'Cancel' }
const MOST_FIELDS = 50

function modalOf(
  form: Form,
  locale: Locale,
  callback: string,
  metadata: z.output<typeof metadataSchema>,
): Modal | null {
  const carried = JSON.stringify(metadata)
  if (carried.length > LIMITS.metadata) return null
  const names = new Set<string>()
  const blocks = form.fields.slice(0, MOST_FIELDS).flatMap((field) => {
    if (names.has(field.name)) return []
    names.add(field.name)
    return inputOf(field)
  })
  return {
    type: 'modal',
    callback_id: callback,
    title: plain(form.title, LIMITS.modalTitle),
    submit: plain(form.submit, LIMITS.modalTitle),
    close: plain(CLOSE[locale], LIMITS.modalTitle),
    private_metadata: carried,
    blocks,
  }
}

function inputOf(field: FormField): InputBlock[] {
  const element = elementOf(field)
  if (element === null) return []
  const optional =
    field.kind === 'text' ? field.required !== true : field.kind === 'number' && field.value === undefined
  const label = plain(field.label, LIMITS.label)
  return [{ type: 'input', block_id: field.name.slice(0, 255), label, optional, element }]
}

function elementOf(field: FormField): Input | null {
  switch (field.kind) {
    case 'text':
      return {
        type: 'plain_text_input',
        action_id: VALUE,
        multiline: field.multiline === true,
        max_length: LIMITS.text,
        ...(field.placeholder === undefined
          ? {}
          : { placeholder: plain(field.placeholder, LIMITS.placeholder) }),
      }
    case 'number':
      return {
        type: 'number_input',
        action_id: VALUE,
        is_decimal_allowed: true,
        min_value: String(field.min),
        ...(field.value === undefined ? {} : { initial_value: String(field.value) }),
      }
    case 'select': {
      const options = field.options
        .filter(({ value }) => value.length > 0 && value.length <= LIMITS.optionValue)
        .slice(0, LIMITS.options)
        .map(({ value, label }) => ({ text: plain(label, LIMITS.option), value }))
      if (options.length === 0) return null
      const initial = options.find(({ value }) => value === field.value)
      return {
        type: 'static_select',
        action_id: VALUE,
        options,
        ...(initial === undefined ? {} : { initial_option: initial }),
      }
    }
  }
}

function prefilled(block: InputBlock, name: string, words: string): InputBlock {
  if (block.block_id !== name || block.element.type !== 'plain_text_input') return block
  return { ...block, element: { ...block.element, initial_value: oneLine(words, 1_000) } }
}

function jsonOf(words: string): unknown {
  try {
    return JSON.parse(words)
  } catch {
    return null
  }
}
