import type { LarkCard } from '../../../src/chat/lark/encode.ts'

/** A Lark card as lines that read like what people see, one component a line, insides indented. */
export function outline(card: LarkCard): string {
  const header = card.header as {
    template: string
    title: Said
    subtitle?: Said
    text_tag_list?: { text: Said; color: string }[]
  }
  const tags = (header.text_tag_list ?? []).map(({ text, color }) => `[${color}: ${text.content}] `).join('')
  const { summary } = card.config as { summary: Said }
  return [
    `=== ${header.template} === ${tags}${header.title.content}`,
    ...(header.subtitle === undefined ? [] : [`    ${header.subtitle.content}`]),
    ...card.body.elements.flatMap((element) => lines(element as unknown as Part)),
    `--- in lists and notifications: ${summary.content}`,
    `--- ${Math.ceil(Buffer.byteLength(JSON.stringify(card)) / 1024)} KB`,
  ].join('\n')
}

interface Said {
  readonly content: string
}

interface Part {
  readonly tag: string
  readonly text: Said & { text_size?: string; text_color?: string }
  readonly columns: readonly { readonly elements: readonly Part[] }[]
  readonly elements: readonly Part[]
  readonly [property: string]: unknown
}

function lines(part: Part): string[] {
  switch (part.tag) {
    case 'div': {
      const { content, text_size = '', text_color = '' } = part.text
      const mark =
        text_size === 'heading'
          ? '## '
          : text_size === 'notation'
            ? '~ '
            : text_color
              ? `(${text_color}) `
              : ''
      return content.split('\n').map((line) => `${mark}${line}`)
    }
    case 'column_set': {
      const held = part.columns.map(({ elements }) => elements.flatMap(lines).join(' / '))
      return [held.join('  |  ')]
    }
    case 'button':
      return [
        `[${part.type === 'primary_filled' ? '*' : part.type === 'danger' ? '!' : ''}${part.text.content}]`,
      ]
    case 'form':
      return ['<form>', ...part.elements.flatMap(lines).map((line) => `  ${line}`)]
    case 'input': {
      const {
        label,
        placeholder,
        default_value: value,
        required,
      } = part as unknown as {
        label: Said
        placeholder?: Said
        default_value?: string
        required?: boolean
      }
      return [`${label.content}${required === true ? ' *' : ''}: ____ ${value ?? placeholder?.content ?? ''}`]
    }
    case 'select_static': {
      const { placeholder, options } = part as unknown as {
        placeholder: Said
        options: { text: Said; value: string }[]
      }
      return [
        `v ${placeholder.content}: ${options.map(({ text, value }) => `${text.content} <${value}>`).join('; ')}`,
      ]
    }
    case 'table':
      return tableLines(part)
    case 'chart':
      return [`chart ${JSON.stringify(part.chart_spec)}`]
    default:
      return [part.tag]
  }
}

function tableLines(part: Part): string[] {
  const { columns, rows } = part as unknown as {
    columns: { name: string; display_name: string }[]
    rows: Record<string, string | { text: string; color: string }[]>[]
  }
  const cell = (value: string | { text: string; color: string }[] | undefined) =>
    typeof value === 'string' ? value : (value ?? []).map(({ text, color }) => `[${color}: ${text}]`).join('')
  return [
    columns.map(({ display_name: name }) => name).join(' | '),
    ...rows.map((row) => columns.map(({ name }) => cell(row[name])).join(' | ')),
  ]
}
