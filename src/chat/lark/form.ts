import { type Locale, text } from '../../text.ts'
import type { Form, FormField } from '../card.ts'
import { button, type Element, line, plain, type Value } from './elements.ts'
import { fits, type LarkCard, settingsOf } from './encode.ts'

const CHOOSE = text('请选择', 'Choose')
const CANCEL = text('取消', 'Cancel')
const MOST_FIELDS = 20

/** Choices of a menu, and graphemes of one. */
interface FormRoom {
  readonly options: number
  readonly label: number
}
const ROOMS: readonly FormRoom[] = [
  { options: 100, label: 60 },
  { options: 100, label: 24 },
  { options: 30, label: 24 },
  { options: 5, label: 12 },
]

/** Value of the button that puts a form away unsent. */
export const CANCELLED = 'cancelled'

/**
 * A form as a card of its own: Lark has no windows that open over a chat.
 *
 * @param value what comes back with the fields' values
 */
export function encodeForm(form: Form, locale: Locale, value: Value): LarkCard {
  const tries = ROOMS.map((room) => formIn(form, locale, value, room))
  return tries.find(fits) ?? tries.at(-1)!
}

function formIn(form: Form, locale: Locale, value: Value, room: FormRoom): LarkCard {
  const fields = form.fields.slice(0, MOST_FIELDS).flatMap((field) => fieldElements(field, locale, room))
  const submit = button(form.submit, 'primary_filled', value, { name: 'submit', form_action_type: 'submit' })
  return {
    ...frame(form.title, 'blue', String(value.args ?? '')),
    body: {
      elements: [
        { tag: 'form', name: 'form', elements: [...fields, submit] },
        button(CANCEL[locale], 'default', { [CANCELLED]: 1, locale }),
      ],
    },
  }
}

/** What a form's card becomes once it was sent or put away: nothing to press is left. */
export function encodeDone(title: string, said: string): LarkCard {
  return { ...frame(title, 'grey'), body: { elements: [line(said, 200)] } }
}

/** @param about what it is about, e.g. "A-1042": a form stands apart from the card it was opened on */
function frame(title: string, template: string, about = ''): Omit<LarkCard, 'body'> {
  return {
    schema: '2.0',
    config: settingsOf(title),
    header: {
      template,
      title: plain(title, 120),
      ...(about === '' ? {} : { subtitle: plain(about, 60) }),
    },
  }
}

function fieldElements(field: FormField, locale: Locale, room: FormRoom): readonly Element[] {
  switch (field.kind) {
    case 'select':
      return [line(field.label, 60), select(field, locale, room)]
    case 'number':
      return [input(field, field.value === undefined ? {} : { default_value: String(field.value) })]
    case 'text':
      return [
        input(field, {
          required: field.required ?? false,
          ...(field.placeholder === undefined ? {} : { placeholder: plain(field.placeholder, 60) }),
          ...(field.multiline === true ? { input_type: 'multiline_text', rows: 3, max_rows: 8 } : {}),
        }),
      ]
  }
}

function select(field: Extract<FormField, { kind: 'select' }>, locale: Locale, room: FormRoom): Element {
  const options = field.options.slice(0, room.options)
  const chosen = options.some(({ value }) => value === field.value) ? field.value : undefined
  return {
    tag: 'select_static',
    name: field.name,
    width: 'fill',
    placeholder: plain(CHOOSE[locale], 20),
    ...(chosen === undefined ? {} : { initial_option: chosen }),
    options: options.map(({ value, label }) => ({ text: plain(label, room.label), value })),
  }
}

function input({ name, label }: FormField, rest: object): Element {
  return {
    tag: 'input',
    name,
    label: plain(label, 60),
    label_position: 'top',
    width: 'fill',
    max_length: 1000,
    ...rest,
  }
}
