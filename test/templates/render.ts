import type { Block, Button, Card } from '../../src/chat/card.ts'

/** A card as lines of text, so that a snapshot reads like what people see. */
export function render(card: Card): string {
  const badge = card.badge === undefined ? '' : `[${card.badge}] `
  const lines = [
    `${badge}${card.title}`,
    ...(card.subtitle === undefined ? [] : [card.subtitle]),
    '',
    ...card.blocks.flatMap((block) => [...blockLines(block), '']),
    ...(card.buttons.length === 0 ? [] : [card.buttons.map(buttonWords).join('  '), '']),
    `(${card.accent}) ${card.fallback}`,
  ]
  return lines.join('\n')
}

function blockLines(block: Block): string[] {
  switch (block.kind) {
    case 'text':
      return block.text.split('\n')
    case 'note':
      return [`~ ${block.text}`]
    case 'quote':
      return [`> ${block.text}`, `> -- ${block.by}`]
    case 'fields':
      return block.fields.map(({ label, value }) => `${label}: ${value}`)
    case 'factors':
      return [
        `## ${block.title}`,
        ...block.factors.map(({ label, numbers, share, note }) => {
          const bar = share === null ? '          ' : '#'.repeat(Math.round(share * 10)).padEnd(10, '.')
          return `${bar} ${label}  ${numbers}${note === undefined ? '' : `  (${note})`}`
        }),
      ]
    case 'steps':
      return [`## ${block.title}`, ...block.steps.map((step, at) => `${at + 1}. ${step}`)]
    case 'chart':
      return [
        `## ${block.title} (${block.draw})`,
        block.says,
        block.points.map(({ value }) => (value === null ? '.' : Math.round(value * 100) / 100)).join(' '),
        `${block.ends.from} … ${block.ends.to}`,
      ]
    case 'table':
      return [block.columns, ...block.rows.map(({ cells }) => cells)].map((cells) => cells.join(' | '))
  }
}

function buttonWords({ label, style, form }: Button): string {
  const marks = { primary: '*', danger: '!', plain: '' }
  return `[${marks[style]}${label}${form === undefined ? '' : '…'}]`
}

/** A form as lines of text. */
export function renderForm(form: NonNullable<Button['form']>): string {
  const lines = form.fields.map((field) => {
    if (field.kind === 'select') {
      const chosen = field.value === undefined ? '' : ` = ${field.value}`
      return `${field.label} <${field.name}${chosen}>: ${field.options.map(({ label }) => label).join(' / ')}`
    }
    if (field.kind === 'number') return `${field.label} <${field.name}>: ${field.value ?? ''}`
    return `${field.label}${field.required === true ? ' *' : ''} <${field.name}>: ${field.placeholder ?? ''}`
  })
  return [form.title, ...lines, `[${form.submit}]`].join('\n')
}
