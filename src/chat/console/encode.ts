import { clean, clip } from '../../text.ts'
import {
  type Block,
  type Button,
  type Card,
  type CardTexts,
  type Chart,
  dialled,
  type Form,
  type FormField,
} from '../card.ts'
import type { WireAnswer } from './wire.ts'

/** What the page draws at most; more is cut, so that one card can never flood the page or the database. */
export const LIMITS = {
  title: 200,
  label: 120,
  value: 600,
  text: 4_000,
  blocks: 40,
  items: 60,
  rows: 200,
  points: 120,
  columns: 12,
  buttons: 12,
  options: 100,
  seconds: 3_600,
  formFields: 20,
} as const

/** The card with every string made safe and cut to what the page draws. */
export function encodeCard(card: CardTexts): CardTexts {
  return { zh: one(card.zh), en: one(card.en) }
}

/** An answer for the asker alone, made safe the same way. */
export function encodeAnswer({ note, form }: WireAnswer): WireAnswer {
  return {
    note: note && encodeCard(note),
    form: form && { ...form, form: { zh: encodeForm(form.form.zh), en: encodeForm(form.form.en) } },
  }
}

function one(card: Card): Card {
  return {
    ...card,
    ...(card.badge === undefined ? {} : { badge: words(card.badge, 12) }),
    ...(card.table === undefined ? {} : { table: words(card.table, LIMITS.value) }),
    title: words(card.title, LIMITS.title),
    ...(card.subtitle === undefined ? {} : { subtitle: words(card.subtitle, LIMITS.value) }),
    blocks: card.blocks.slice(0, LIMITS.blocks).map(block),
    buttons: card.buttons.slice(0, LIMITS.buttons).map(button),
    fallback: words(card.fallback, LIMITS.value),
    // Accounts on other platforms are nothing the page shows.
    ...(card.mentions === undefined
      ? {}
      : { mentions: card.mentions.map(({ name }) => ({ name: words(name, LIMITS.label), accounts: {} })) }),
  }
}

function quote({ pieces, ...from }: Extract<Block, { kind: 'quote' }>): Block {
  const text = words(from.text, LIMITS.text)
  const shown = pieces?.map((piece) => ({ ...piece, words: words(piece.words, LIMITS.text) }))
  const whole = shown !== undefined && text === from.text
  return { ...from, text, by: words(from.by, LIMITS.label), ...(whole ? { pieces: shown } : {}) }
}

function block(from: Block): Block {
  switch (from.kind) {
    case 'text':
    case 'note':
      return { ...from, text: words(from.text, LIMITS.text) }
    case 'quote':
      return quote(from)
    case 'fields':
      return { ...from, fields: from.fields.slice(0, LIMITS.items).map(field) }
    case 'steps':
      return {
        ...from,
        title: words(from.title, LIMITS.title),
        steps: from.steps.slice(0, LIMITS.items).map((step) => words(step, LIMITS.value)),
      }
    case 'factors':
      return {
        ...from,
        title: words(from.title, LIMITS.title),
        factors: from.factors.slice(0, LIMITS.items).map(factor),
      }
    case 'chart':
      return chart(from)
    case 'table':
      return {
        ...from,
        columns: from.columns.slice(0, LIMITS.columns).map((column) => words(column, LIMITS.label)),
        rows: from.rows.slice(0, LIMITS.rows).map((row) => ({
          ...row,
          cells: row.cells.slice(0, LIMITS.columns).map((cell) => words(cell, LIMITS.value)),
        })),
      }
  }
}

function chart(from: Chart): Chart {
  const number = (value: number | null) => (Number.isFinite(value) ? value : null)
  return {
    ...from,
    title: words(from.title, LIMITS.title),
    says: words(from.says, LIMITS.value),
    points: from.points
      .filter(({ at }) => Number.isFinite(at))
      .slice(-LIMITS.points)
      .map(({ at, value, label }) => ({ at, value: number(value), label: words(label, LIMITS.label) })),
    ends: { from: words(from.ends.from, LIMITS.label), to: words(from.ends.to, LIMITS.label) },
  }
}

type FactorLine = Extract<Block, { kind: 'factors' }>['factors'][number]

function factor(from: FactorLine): FactorLine {
  return {
    ...from,
    label: words(from.label, LIMITS.label),
    numbers: words(from.numbers, LIMITS.label),
    share: from.share === null || Number.isNaN(from.share) ? null : Math.min(1, Math.max(0, from.share)),
    ...(from.note === undefined ? {} : { note: words(from.note, LIMITS.value) }),
  }
}

type FieldLine = Extract<Block, { kind: 'fields' }>['fields'][number]

function field(from: FieldLine): FieldLine {
  const dial = dialled(from.dial)
  return {
    label: words(from.label, LIMITS.label),
    value: words(from.value, LIMITS.value),
    ...(dial === null ? {} : { dial }),
  }
}

function button(from: Button): Button {
  return {
    ...from,
    label: words(from.label, LIMITS.label),
    ...(from.form === undefined ? {} : { form: encodeForm(from.form) }),
    ...(from.seconds === undefined ? {} : { seconds: Math.min(LIMITS.seconds, Math.max(0, from.seconds)) }),
  }
}

function encodeForm(form: Form): Form {
  return {
    title: words(form.title, LIMITS.title),
    submit: words(form.submit, LIMITS.label),
    fields: form.fields.slice(0, LIMITS.formFields).map(formField),
  }
}

function formField(from: FormField): FormField {
  const label = words(from.label, LIMITS.label)
  if (from.kind !== 'select') return { ...from, label }
  const options = from.options
    .slice(0, LIMITS.options)
    .map(({ value, label }) => ({ value, label: words(label, LIMITS.label) }))
  return { ...from, label, options }
}

function words(from: string, limit: number): string {
  return clip(clean(from), limit)
}
