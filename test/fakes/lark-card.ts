/** What Lark checks in a card of JSON 2.0, written from its documentation and LIMITS, not from our encoder. */

type Json = Record<string, unknown>

/** Properties each component may have; an unknown one is an error in 2.0. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  plain_text: ['content', 'i18n_content', 'text_size', 'text_color', 'text_align', 'lines'],
  text_tag: ['text', 'color'],
  div: ['text', 'icon', 'width', 'margin'],
  column_set: [
    'flex_mode',
    'horizontal_spacing',
    'horizontal_align',
    'columns',
    'margin',
    'background_style',
  ],
  column: [
    ...['width', 'weight', 'vertical_align', 'vertical_spacing', 'elements', 'background_style', 'padding'],
    ...['horizontal_align', 'direction', 'margin'],
  ],
  button: [
    ...['text', 'type', 'size', 'width', 'icon', 'behaviors', 'disabled', 'confirm', 'name', 'required'],
    ...['form_action_type', 'margin'],
  ],
  form: ['name', 'elements', 'direction', 'padding', 'margin', 'vertical_spacing'],
  input: [
    ...['name', 'required', 'placeholder', 'default_value', 'width', 'max_length', 'label', 'label_position'],
    ...['input_type', 'rows', 'max_rows', 'auto_resize', 'behaviors', 'disabled', 'margin'],
  ],
  select_static: [
    ...[
      'name',
      'required',
      'placeholder',
      'options',
      'initial_option',
      'width',
      'behaviors',
      'type',
      'margin',
    ],
  ],
  table: [
    ...['page_size', 'row_height', 'header_style', 'columns', 'rows', 'freeze_first_column', 'margin'],
    'row_max_height',
  ],
  chart: ['chart_spec', 'aspect_ratio', 'height', 'preview', 'color_theme', 'margin'],
  markdown: ['content', 'text_align', 'text_size', 'icon', 'margin'],
  hr: ['margin'],
  img: ['img_key', 'alt', 'title', 'corner_radius', 'scale_type', 'size', 'transparent', 'preview', 'margin'],
}
const TEMPLATES = 'blue wathet turquoise green yellow orange red carmine violet purple indigo grey default'
const TAG_COLORS = 'neutral blue turquoise lime orange violet indigo wathet green yellow red purple carmine'
const BUTTON_TYPES = 'default primary danger text primary_text danger_text primary_filled danger_filled laser'
const SIZES = 'heading-0 heading-1 heading-2 heading-3 heading-4 heading normal notation'
const one = (list: string, value: unknown) => list.split(' ').includes(String(value))

/** Everything wrong with a card, in words; empty: Lark takes it. */
export function faultsOf(content: string): string[] {
  if (Buffer.byteLength(content) > 30 * 1024) return ['over 30 KB']
  const faults: string[] = []
  const say = (fault: string) => faults.push(fault)
  let card: Json
  try {
    card = JSON.parse(content) as Json
  } catch {
    return ['not JSON']
  }
  if (card.schema !== '2.0') return ['schema is not 2.0']
  only(card, ['schema', 'config', 'header', 'body', 'card_link'], 'card', say)
  const config = (card.config ?? {}) as Json
  only(config, ['update_multi', 'enable_forward', 'width_mode', 'summary', 'style', 'locales'], 'config', say)
  if (config.update_multi !== true) say('update_multi is not true')
  const header = (card.header ?? {}) as Json
  only(header, ['title', 'subtitle', 'template', 'text_tag_list', 'icon', 'padding'], 'header', say)
  if (!one(TEMPLATES, header.template)) say(`no header colour ${header.template}`)
  for (const tag of (header.text_tag_list ?? []) as Json[])
    if (!one(TAG_COLORS, tag.color)) say(`no label colour ${tag.color}`)
  const body = (card.body ?? {}) as Json
  only(body, ['elements', 'direction', 'vertical_spacing', 'padding'], 'body', say)
  const seen = { count: 0, names: new Set<string>(), tables: 0, charts: 0 }
  const walk = (part: unknown, path: readonly string[]): void => {
    if (Array.isArray(part)) {
      for (const each of part) walk(each, path)
      return
    }
    if (typeof part !== 'object' || part === null) {
      if (typeof part === 'string' && !part.isWellFormed()) say('half a character')
      return
    }
    const element = part as Json
    const tag = typeof element.tag === 'string' ? element.tag : null
    if (tag !== null) check(element, tag, path, seen, say)
    const within = tag === null ? path : [...path, tag]
    for (const [name, value] of Object.entries(element)) if (name !== 'chart_spec') walk(value, within)
  }
  walk(card.header, ['header'])
  walk(body.elements, [])
  if (!Array.isArray(body.elements) || body.elements.length === 0) say('no elements')
  if (seen.count > 200) say(`${seen.count} elements`)
  if (seen.tables > 5) say('card table number over limit')
  if (seen.charts > 5) say('too many charts')
  return faults
}

interface Seen {
  count: number
  names: Set<string>
  tables: number
  charts: number
}

function check(
  element: Json,
  tag: string,
  path: readonly string[],
  seen: Seen,
  say: (fault: string) => void,
): void {
  seen.count += 1
  const known = KNOWN[tag]
  if (known === undefined) {
    say(`unknown component ${tag}`)
    return
  }
  only(element, ['tag', 'element_id', ...known], tag, say)
  const { element_id: id, name } = element
  if (id !== undefined && !/^[A-Za-z]\w{0,19}$/.test(String(id))) say(`element_id ${id}`)
  if (name !== undefined) {
    if (seen.names.has(String(name))) say(`name ${name} twice`)
    seen.names.add(String(name))
  }
  if (path.length > 7) say('nested too deeply')
  const nested = path.some((outer) => outer in KNOWN)
  switch (tag) {
    case 'plain_text':
      if (typeof element.content !== 'string' || element.content.trim() === '') say('empty text')
      if (element.text_size !== undefined && !one(SIZES, element.text_size))
        say(`text size ${element.text_size}`)
      break
    case 'button':
      if (!one(BUTTON_TYPES, element.type)) say(`button type ${element.type}`)
      if (path.includes('form') && name === undefined) say('a button in a form without a name')
      if (JSON.stringify(element.behaviors ?? []).length > 4_000) say('a button that carries too much')
      break
    case 'form':
      if (nested) say('a form inside another component')
      if (!JSON.stringify(element.elements).includes('"form_action_type":"submit"'))
        say('a form nobody can send')
      break
    case 'input':
      if (path.includes('form') && name === undefined) say('an input without a name')
      if (Number(element.max_length ?? 1000) > 1000) say('an input of more than 1000')
      break
    case 'select_static':
      if (!Array.isArray(element.options)) say('a menu without options')
      break
    case 'table':
      seen.tables += 1
      if (nested) say('a table inside another component')
      table(element, say)
      break
    case 'chart':
      seen.charts += 1
      break
  }
}

function table(element: Json, say: (fault: string) => void): void {
  const size = Number(element.page_size)
  if (!(Number.isInteger(size) && size >= 1 && size <= 10)) say(`page size ${element.page_size}`)
  const columns = element.columns as Json[]
  if (columns.length > 50) say('too many columns')
  const names = new Set(columns.map(({ name }) => name))
  for (const column of columns)
    if (!one('text options number lark_md markdown date persons', column.data_type))
      say(`data type ${column.data_type}`)
  for (const row of element.rows as Json[])
    for (const name of Object.keys(row)) if (!names.has(name)) say(`a cell of no column ${name}`)
}

function only(object: Json, known: readonly string[], where: string, say: (fault: string) => void): void {
  for (const name of Object.keys(object)) if (!known.includes(name)) say(`unknown property ${where}.${name}`)
}

/** Every text of a card that Lark would read markup in: there must be none. */
export function markedTexts(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(markedTexts)
  if (typeof part !== 'object' || part === null) return []
  const { tag, content, data_type: type } = part as Json
  const own = tag === 'markdown' || tag === 'lark_md' || type === 'lark_md' || type === 'markdown'
  return [...(own ? [String(content ?? '')] : []), ...Object.values(part).flatMap(markedTexts)]
}
