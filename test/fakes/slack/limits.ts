/** Slack's rules for messages and views, written down from its documents (LIMITS), apart from the encoder's own. */

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Everything Slack would refuse in a message's or page's blocks; empty: it takes them. */
export function blockFaults(blocks: unknown, most: number, extra: readonly string[] = []): string[] {
  if (!Array.isArray(blocks)) return ['blocks is no list']
  const faults: string[] = []
  if (blocks.length > most) faults.push(`${blocks.length} blocks`)
  for (const [at, block] of blocks.entries()) {
    faults.push(...oneBlock(block, extra).map((fault) => `block ${at}: ${fault}`))
  }
  return [...faults, ...doubles(blocks, 'block_id'), ...doubles(blocks, 'action_id')]
}

/** The same for a whole message, with its 12,000 characters and its `text`. */
export function messageFaults(message: { readonly text?: unknown; readonly blocks?: unknown }): string[] {
  const { text = '', blocks = [] } = message
  const faults = blockFaults(blocks, 50)
  if (JSON.stringify(blocks).length > 12_000) faults.push('msg_blocks_too_long')
  if (typeof text !== 'string' || text.length > 40_000) faults.push('text')
  if (text === '' && listOf(blocks).length === 0) faults.push('no_text')
  return faults
}

/** A modal or the Home tab. */
export function viewFaults(view: unknown): string[] {
  if (!isObject(view)) return ['view is no object']
  const faults = blockFaults(view['blocks'], 100, ['input'])
  if (JSON.stringify(view).length > 250 * 1024) faults.push('view_too_large')
  if (String(view['private_metadata'] ?? '').length > 3_000) faults.push('private_metadata')
  if (view['type'] === 'home') return faults
  if (view['type'] !== 'modal') faults.push('type')
  faults.push(...plainFaults(view['title'], 24, 'title'))
  for (const part of ['submit', 'close']) if (part in view) faults.push(...plainFaults(view[part], 24, part))
  return faults
}

function oneBlock(block: unknown, extra: readonly string[]): string[] {
  if (!isObject(block)) return ['is no object']
  const { type } = block
  const id = 'block_id' in block && (typeof block['block_id'] !== 'string' || block['block_id'].length > 255)
  return [...(id ? ['block_id'] : []), ...contentFaults(block, String(type), extra)]
}

function contentFaults(block: Json, type: string, extra: readonly string[]): string[] {
  switch (type) {
    case 'header':
      return plainFaults(block['text'], 150, 'header')
    case 'section':
      return textFaults(block['text'], 3_000, 'section')
    case 'divider':
      return []
    case 'image': {
      const alt = block['alt_text']
      const isOurs = isObject(block['slack_file']) && /^F[A-Z0-9]+$/.test(String(block['slack_file']['id']))
      return [...(isOurs ? [] : ['slack_file']), ...lengthFaults(alt, 2_000, 'alt_text')]
    }
    case 'context': {
      const elements = listOf(block['elements'])
      const count = elements.length < 1 || elements.length > 10 ? [`${elements.length} context elements`] : []
      return [...count, ...elements.flatMap((element) => textFaults(element, 3_000, 'context'))]
    }
    case 'rich_text': {
      const elements = listOf(block['elements'])
      return [...(elements.length === 0 ? ['empty rich text'] : []), ...elements.flatMap(richFaults)]
    }
    case 'actions': {
      const elements = listOf(block['elements'])
      const count = elements.length < 1 || elements.length > 25 ? [`${elements.length} actions`] : []
      return [...count, ...elements.flatMap(pressableFaults)]
    }
    case 'input':
      return extra.includes('input') ? inputFaults(block) : ['input stands in views only']
    default:
      return [`unsupported type ${type}`]
  }
}

function textFaults(text: unknown, most: number, what: string): string[] {
  if (isObject(text) && text['type'] === 'mrkdwn') return lengthFaults(text['text'], most, what)
  return plainFaults(text, most, what)
}

function plainFaults(text: unknown, most: number, what: string): string[] {
  if (!isObject(text) || text['type'] !== 'plain_text') return [`${what}: no plain text`]
  return lengthFaults(text['text'], most, what)
}

function lengthFaults(text: unknown, most: number, what: string): string[] {
  if (typeof text !== 'string') return [`${what}: no text`]
  if (text.trim() === '') return [`${what}: empty`]
  return text.length > most ? [`${what}: ${text.length} characters`] : []
}

function richFaults(part: unknown): string[] {
  if (!isObject(part)) return ['rich text of nothing']
  const elements = listOf(part['elements'])
  if (elements.length === 0) return [`empty ${part['type']}`]
  switch (part['type']) {
    case 'rich_text_list':
      return [
        ...(['ordered', 'bullet'].includes(String(part['style'])) ? [] : ['list style']),
        ...elements.flatMap(richFaults),
      ]
    case 'rich_text_section':
    case 'rich_text_quote':
      return elements.flatMap((element) => {
        if (!isObject(element)) return ['rich element']
        if (element['type'] === 'user')
          return /^[UW][A-Z0-9]+$/.test(String(element['user_id'])) ? [] : ['rich user']
        if (element['type'] === 'date')
          return Number.isInteger(element['timestamp']) && element['format'] && element['fallback']
            ? []
            : ['rich date']
        if (element['type'] !== 'text') return [`rich element ${element['type']}`]
        const text = element['text']
        return typeof text === 'string' && text.length >= 1 && text.length <= 3_000
          ? []
          : ['rich text length']
      })
    default:
      return [`rich ${part['type']}`]
  }
}

function pressableFaults(element: unknown): string[] {
  if (!isObject(element)) return ['element']
  const id = element['action_id']
  const faults = typeof id === 'string' && id.length >= 1 && id.length <= 255 ? [] : ['action_id']
  switch (element['type']) {
    case 'button': {
      const style = element['style']
      if (style !== undefined && style !== 'primary' && style !== 'danger') faults.push('style')
      if (String(element['value'] ?? '').length > 2_000) faults.push('button value')
      return [...faults, ...plainFaults(element['text'], 75, 'button')]
    }
    case 'overflow':
      return [...faults, ...optionFaults(element['options'], 5)]
    case 'static_select':
      return [
        ...faults,
        ...plainFaults(element['placeholder'], 150, 'placeholder'),
        ...optionFaults(element['options'], 100),
      ]
    default:
      return [...faults, `element ${element['type']}`]
  }
}

function optionFaults(options: unknown, most: number): string[] {
  const all = listOf(options)
  const count = all.length < 1 || all.length > most ? [`${all.length} options`] : []
  return [
    ...count,
    ...all.flatMap((option) => {
      if (!isObject(option)) return ['option']
      const value = option['value']
      const wrong = typeof value !== 'string' || value.length < 1 || value.length > 150
      return [...(wrong ? ['option value'] : []), ...plainFaults(option['text'], 75, 'option')]
    }),
  ]
}

function inputFaults(block: Json): string[] {
  const label = plainFaults(block['label'], 2_000, 'label')
  const element = block['element']
  if (!isObject(element)) return [...label, 'input element']
  const placeholder = 'placeholder' in element ? plainFaults(element['placeholder'], 150, 'placeholder') : []
  switch (element['type']) {
    case 'plain_text_input': {
      const most = element['max_length'] ?? 3_000
      return [...label, ...placeholder, ...(Number(most) >= 1 && Number(most) <= 3_000 ? [] : ['max_length'])]
    }
    case 'number_input': {
      const known = typeof element['is_decimal_allowed'] === 'boolean'
      return [...label, ...placeholder, ...(known ? [] : ['is_decimal_allowed'])]
    }
    case 'static_select': {
      const first = element['initial_option']
      const offered = listOf(element['options']).map((option) => JSON.stringify(option))
      const lost = first !== undefined && !offered.includes(JSON.stringify(first))
      return [
        ...label,
        ...placeholder,
        ...optionFaults(element['options'], 100),
        ...(lost ? ['initial_option'] : []),
      ]
    }
    default:
      return [...label, `input ${element['type']}`]
  }
}

function doubles(blocks: readonly unknown[], name: 'block_id' | 'action_id'): string[] {
  const seen = new Set<string>()
  const faults: string[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) walk(each)
    if (!isObject(value)) return
    // An input's action_id must be unique in its own block only; all others in the whole.
    const id = value[name]
    if (typeof id === 'string' && !(name === 'action_id' && value['type'] === 'plain_text_input')) {
      if (seen.has(id)) faults.push(`${name} ${id} twice`)
      seen.add(id)
    }
    for (const each of Object.values(value)) walk(each)
  }
  walk(
    blocks.map((block) =>
      isObject(block) && block['type'] === 'input' && name === 'action_id' ? null : block,
    ),
  )
  return faults
}
