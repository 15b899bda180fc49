import type { SlackMessage } from '../../../src/chat/slack/encode.ts'
import type { Modal } from '../../../src/chat/slack/encode-form.ts'

type Part = Readonly<Record<string, unknown>>

/** A Slack message as lines of text, roughly as people see it. */
export function draw({ text, blocks }: SlackMessage): string {
  return [...blocks.map((block) => drawBlock(block as unknown as Part)), `(notification) ${text}`].join(
    '\n\n',
  )
}

function drawBlock(block: Part): string {
  const elements = (block['elements'] ?? []) as Part[]
  switch (block['type']) {
    case 'header':
      return `# ${wordsOf(block['text'])}`
    case 'section':
      return wordsOf(block['text'])
    case 'context':
      return `~ ${elements.map(wordsOf).join(' ~ ')}`
    case 'divider':
      return '----'
    case 'rich_text':
      return elements.map(drawRich).join('\n')
    case 'actions':
      return elements.map(drawPressable).join('  ')
    default:
      return `?${block['type']}`
  }
}

function drawRich(part: Part): string {
  const elements = part['elements'] as Part[]
  switch (part['type']) {
    case 'rich_text_quote':
      return runs(elements)
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n')
    case 'rich_text_list':
      return elements.map((element, at) => `${at + 1}. ${runs(element['elements'] as Part[])}`).join('\n')
    default:
      return runs(elements)
  }
}

function runs(elements: readonly Part[]): string {
  return elements
    .map(({ text, style, user_id, timestamp, fallback }) => ({
      text: user_id !== undefined ? `<@${user_id}>` : timestamp !== undefined ? `<${fallback}>` : text,
      style,
    }))
    .map(({ text, style }) => ((style as Part | undefined)?.['bold'] === true ? `*${text}*` : text))
    .join('')
}

function drawPressable(element: Part): string {
  const options = (element['options'] ?? []) as Part[]
  switch (element['type']) {
    case 'button': {
      const mark = { primary: '*', danger: '!' }[String(element['style'])] ?? ''
      return `[${mark}${wordsOf(element['text'])}]`
    }
    case 'overflow':
      return `[⋯ ${options.map((option) => wordsOf(option['text'])).join(' / ')}]`
    default:
      return `<${wordsOf(element['placeholder'])} ${options.map((option) => wordsOf(option['text'])).join(' / ')}>`
  }
}

function wordsOf(text: unknown): string {
  return (text as { text: string }).text
}

/** A modal as lines of text; what must be filled in has a star. */
export function drawModal({ title, submit, close, blocks }: Modal): string {
  const lines = blocks.map(({ block_id, label, optional, element }) => {
    const { type, placeholder, options, initial_option, initial_value } = element as unknown as Part
    const choices = ((options ?? []) as Part[]).map((option) => wordsOf(option['text'])).join(' / ')
    const first = initial_option === undefined ? initial_value : wordsOf((initial_option as Part)['text'])
    const hint = placeholder === undefined ? '' : ` (${wordsOf(placeholder)})`
    const filled = first === undefined ? '' : ` = ${String(first)}`
    return `${wordsOf(label)}${optional ? '' : ' *'} <${block_id} ${String(type)}${filled}> ${choices}${hint}`.trim()
  })
  return [`# ${title.text}`, ...lines, `[${close.text}] [${submit.text}]`].join('\n')
}
