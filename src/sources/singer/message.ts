import { bad, good, type Parsed, quoted } from '../../records/parsed.ts'
import { isObject } from '../cells.ts'

/** A line of a tap, as far as it means anything to us. */
export type Message =
  | { readonly type: 'RECORD'; readonly stream: string; readonly record: unknown }
  | {
      readonly type: 'SCHEMA'
      readonly stream: string
      /** Fields that together name a record. */
      readonly key: readonly string[]
      /** Fields it may have; null: it does not say. */
      readonly fields: readonly string[] | null
    }
  | { readonly type: 'STATE'; readonly state: unknown }
  | { readonly type: 'IGNORED' }

/**
 * ACTIVATE_VERSION says that rows of an earlier version are gone. It is passed over on purpose: what customers did and said
 * stays theirs when a system stops listing it.
 */
const PASSED_OVER = new Set(['ACTIVATE_VERSION'])

/** What a line says, or why it says nothing. */
export function messageIn(line: string): Parsed<Message> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return bad(
      '不是有效的 JSON；采集程序每行打印一条消息，其余都写到标准错误',
      'is not valid JSON; a tap prints one message a line, and everything else to standard error',
    )
  }
  if (!isObject(value) || typeof value['type'] !== 'string')
    return bad('不是 Singer 消息：没有“type”', 'is no Singer message: it has no "type"')
  const { type, stream } = value
  if (type === 'STATE') return good({ type, state: value['value'] })
  if (PASSED_OVER.has(type)) return good({ type: 'IGNORED' })
  if (type === 'BATCH')
    return bad(
      '是 BATCH 消息，它的文件不会被读取；请在采集程序里关掉批量',
      'is a BATCH message, whose files are not read; switch batches off in the tap',
    )
  if (type !== 'RECORD' && type !== 'SCHEMA')
    return bad(`类型 ${quoted(type)} 不认识`, `is of the type ${quoted(type)}, which is not known`)
  if (typeof stream !== 'string')
    return bad(`是 ${type}，却没有写明 stream`, `is a ${type} without its stream`)
  if (type === 'RECORD') return good({ type, stream, record: value['record'] })
  const { key_properties: key, schema } = value
  const properties = isObject(schema) ? schema['properties'] : undefined
  return good({
    ...{ type, stream },
    key: Array.isArray(key) ? key.filter((name) => typeof name === 'string') : [],
    fields: isObject(properties) ? Object.keys(properties) : null,
  })
}
