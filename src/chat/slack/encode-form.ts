import type { Locale } from '../../text.ts'
import type { Form, FormField } from '../card.ts'
import type { CaseChoice, FormAsked, Inbound } from '../inbound.ts'
import { LIMITS, type Option, type Plain } from './blocks.ts'
import { ADD_TO_CASE, type AskedFrom, FORM, type FormMetadata, VALUE } from './submitted.ts'
import { oneLine, plain } from './words.ts'

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

/** The shortcut's own form: to which case the words belong, or to which customer without one, and the words. */
export function encodeAddToCase(
  said: string,
  from: AskedFrom,
  locale: Locale,
  cases: readonly CaseChoice[] = [],
): Modal | null {
  const { chosen, customer, words } = SHORTCUT_FIELDS[locale]
  const whose: FormField[] =
    cases.length === 0
      ? [{ kind: 'text', name: 'customer', ...customer, required: true }]
      : [
          { kind: 'select', name: 'case', label: chosen, options: cases },
          { kind: 'text', name: 'customer', ...customer, label: SHORTCUT_ELSE[locale] },
        ]
  const form: Form = {
    title: SHORTCUT_TITLE[locale],
    submit: locale === 'zh' ? '记下' : 'Add',
    fields: [...whose, { kind: 'text', name: 'words', ...words, multiline: true, required: true }],
  }
  const modal = modalOf(form, locale, ADD_TO_CASE, { from, command: 'heard', args: '', version: null })
  if (modal === null) return modal
  // A case need not be chosen: the customer may have none.
  const blocks = modal.blocks.map((block) =>
    block.block_id === 'case' ? { ...block, optional: true } : block,
  )
  return { ...modal, blocks: said === '' ? blocks : blocks.map((block) => prefilled(block, 'words', said)) }
}

/** Label in Slack's menu of message shortcuts. At most 24 characters. */
export const SHORTCUT_TITLE: Readonly<Record<Locale, string>> = { zh: '记为客户的话', en: 'Add to case' }

const SHORTCUT_ELSE: Readonly<Record<Locale, string>> = {
  zh: '不在上面？写是哪位客户',
  en: 'Not among them? Name the customer',
}

const SHORTCUT_FIELDS = {
  zh: {
    chosen: '记到哪个单子',
    customer: { label: '哪位客户', placeholder: 'C-123、手机号或姓名' },
    words: { label: '客户说了什么' },
  },
  en: {
    chosen: 'Which case',
    customer: { label: 'Which customer', placeholder: 'C-123, a phone number or a name' },
    words: { label: 'What they said' },
  },
} as const

const CLOSE: Readonly<Record<Locale, string>> = { zh: '取消', en: 'Cancel' }
const MOST_FIELDS = 50

function modalOf(form: Form, locale: Locale, callback: string, metadata: FormMetadata): Modal | null {
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
