import { z } from 'zod'
import { clean, type Locale } from '../../text.ts'
import type { Deed, Inbound } from '../inbound.ts'
import { LARK } from './client.ts'
import { CANCELLED } from './form.ts'
import { lineOf, mentionSchema, namesOf } from './message.ts'
import { isSealed } from './seal.ts'

/** Whom events must be for and from. */
export interface Home {
  readonly appId: string
  readonly appSecret: string
  /** The company's tenant key; null: not known yet. */
  readonly tenant: string | null
  /** The bot's own open_id; null: not known yet. */
  readonly bot: string | null
}

/** What an envelope from Lark turned out to be. */
export type Seen =
  | { readonly kind: 'event'; readonly event: Inbound }
  /** A form was put away unsent. */
  | { readonly kind: 'cancelled'; readonly locale: Locale }
  /** From another app or company. */
  | { readonly kind: 'foreign'; readonly type: string }
  | { readonly kind: 'ignored'; readonly why: string }

const id = z.string().regex(/^[\w-]{1,128}$/)
const openId = z.object({ open_id: id })
const millis = z.coerce.number().int().positive()

const envelopeSchema = z.object({
  schema: z.literal('2.0'),
  header: z.object({
    event_id: id,
    event_type: z.string().max(128),
    tenant_key: id,
    app_id: id,
    create_time: millis.optional(),
  }),
  event: z.looseObject({}),
})
type Header = z.infer<typeof envelopeSchema>['header']

const messageSchema = z.object({
  sender: z.object({ sender_id: openId, sender_type: z.string(), tenant_key: id.optional() }),
  message: z.object({
    message_id: id,
    root_id: id.optional().or(z.literal('')),
    chat_id: id,
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string().max(200_000),
    create_time: millis.optional(),
    mentions: z.array(mentionSchema).optional(),
  }),
})

const valueSchema = z.object({
  command: z.string().max(40),
  args: z.string().max(300),
  version: z.number().int().optional(),
  direct: z.literal(1).optional(),
  channel: z.string().max(128).optional(),
  message: z.string().max(128).optional(),
  seal: z.string().max(100).optional(),
  locale: z.enum(['zh', 'en']).optional(),
})
type Value = z.infer<typeof valueSchema>

const actionSchema = z.object({
  operator: z.object({ open_id: id, tenant_key: id.optional() }),
  action: z.looseObject({
    value: z.looseObject({}),
    option: z.string().max(200).optional(),
    form_value: z.record(z.string(), z.unknown()).nullish(),
  }),
  context: z.object({ open_message_id: id, open_chat_id: id }),
})

const menuSchema = z.object({ operator: z.object({ operator_id: openId }), event_key: z.string().max(100) })
const memberSchema = z.object({ chat_id: id, operator_id: openId, operator_tenant_key: id.optional() })

/** Turns an envelope of any origin into what happened; what is unknown or not for us is named, never thrown. */
export function read(envelope: unknown, home: Home): Seen {
  const opened = envelopeSchema.safeParse(envelope)
  if (!opened.success) return { kind: 'ignored', why: 'not an event of schema 2.0' }
  const { header, event } = opened.data
  if (header.app_id !== home.appId || (home.tenant !== null && header.tenant_key !== home.tenant))
    return { kind: 'foreign', type: header.event_type }
  switch (header.event_type) {
    case 'im.message.receive_v1':
      return known(messageSchema, event, header, (parts) => said(header, parts, home))
    case 'card.action.trigger':
      return known(actionSchema, event, header, (parts) => pressed(header, parts, home))
    case 'application.bot.menu_v6':
      return known(menuSchema, event, header, (parts) => chosen(header, parts))
    case 'im.chat.member.bot.added_v1':
      return known(memberSchema, event, header, (parts) => member(header, parts, true))
    case 'im.chat.member.bot.deleted_v1':
      return known(memberSchema, event, header, (parts) => member(header, parts, false))
    default:
      return { kind: 'ignored', why: `events of type ${header.event_type} are not for us` }
  }
}

function known<T>(schema: z.ZodType<T>, event: unknown, header: Header, tell: (parts: T) => Seen): Seen {
  const parts = schema.safeParse(event)
  if (parts.success) return tell(parts.data)
  const where = parts.error.issues[0]?.path.join('.') ?? ''
  return { kind: 'ignored', why: `${header.event_type} with an unexpected ${where}` }
}

function said(header: Header, { sender, message }: z.infer<typeof messageSchema>, home: Home): Seen {
  const { tenant_key: tenant, sender_id, sender_type } = sender
  if (sender_type !== 'user') return { kind: 'ignored', why: 'a message that no person wrote' }
  if (isForeign(tenant, header)) return { kind: 'foreign', type: header.event_type }
  const isDirect = message.chat_type === 'p2p'
  const line = lineOf(message, isDirect ? null : home.bot)
  const others = (message.mentions ?? []).filter(({ id }) => id.open_id !== home.bot)
  if (line === null) return { kind: 'ignored', why: `a message that is not for us (${message.message_type})` }
  return happened(header, sender_id.open_id, {
    channel: isDirect ? sender_id.open_id : message.chat_id,
    isDirect,
    message: message.root_id || null,
    did: { kind: 'say', line, ...(others.length === 0 ? {} : { named: namesOf(others) }) },
    way: { message: message.message_id },
    at: message.create_time,
  })
}

function pressed(header: Header, parts: z.infer<typeof actionSchema>, home: Home): Seen {
  const { operator, action, context } = parts
  if (isForeign(operator.tenant_key, header)) return { kind: 'foreign', type: header.event_type }
  if (CANCELLED in action.value)
    return { kind: 'cancelled', locale: action.value.locale === 'en' ? 'en' : 'zh' }
  const carried = valueSchema.safeParse(action.value)
  if (!carried.success) return { kind: 'ignored', why: 'a press on something that is not ours' }
  const value = carried.data
  const isDirect = value.direct === 1
  const where = {
    channel: isDirect ? operator.open_id : context.open_chat_id,
    message: context.open_message_id,
  }
  const about = aboutOf(value, operator.open_id, home) ?? where
  return happened(header, operator.open_id, {
    channel: about.channel,
    isDirect: about.channel === operator.open_id,
    message: about.message === '' ? null : about.message,
    did: deedOf(value, action),
    // The answer goes where the press was made, which for a form is the form's own card.
    way: {
      message: context.open_message_id,
      ...(value.seal === undefined ? {} : { form: value.locale ?? 'zh' }),
    },
    at: header.create_time,
  })
}

/** What a form was opened about, if it is the one we signed for this very person; else it is about its own card. */
function aboutOf(value: Value, user: string, home: Home): { channel: string; message: string } | null {
  const { seal, channel = '', message = '', command, args, version } = value
  if (seal === undefined) return null
  const about = { user, channel, message, command, args, version: String(version ?? '') }
  return isSealed(about, seal, home.appSecret) ? { channel, message } : null
}

function deedOf(value: Value, action: z.infer<typeof actionSchema>['action']): Deed {
  const [command = '', args = ''] =
    action.option === undefined ? [value.command, value.args] : split(action.option)
  const form = action.form_value ?? null
  return {
    kind: 'press',
    command,
    args,
    form: form === null || value.seal === undefined ? null : wordsOf(form),
    version: value.version ?? null,
  }
}

function split(line: string): [string, string] {
  const at = line.indexOf(' ')
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)]
}

const MOST_WORDS = 4_000

function wordsOf(form: Readonly<Record<string, unknown>>): Record<string, string> {
  const words = Object.entries(form)
    .slice(0, 40)
    .flatMap(([name, value]) => {
      const said = Array.isArray(value)
        ? value.join(',')
        : typeof value === 'object'
          ? ''
          : String(value ?? '')
      return /^\w{1,40}$/.test(name) && name !== '__proto__' ? [[name, clean(said).slice(0, MOST_WORDS)]] : []
    })
  return Object.fromEntries(words) as Record<string, string>
}

/** A line of the bot's menu: its key is the command, with _ for a blank ("top_20"). */
function chosen(header: Header, { operator, event_key }: z.infer<typeof menuSchema>): Seen {
  const user = operator.operator_id.open_id
  const line = event_key.replaceAll('_', ' ').trim()
  const did = { kind: 'say', line } as const
  return happened(header, user, { channel: user, isDirect: true, message: null, did, way: {} })
}

function member(header: Header, parts: z.infer<typeof memberSchema>, joined: boolean): Seen {
  if (isForeign(parts.operator_tenant_key, header)) return { kind: 'foreign', type: header.event_type }
  const did = { kind: 'member', joined } as const
  const where = { channel: parts.chat_id, isDirect: false, message: null }
  return happened(header, parts.operator_id.open_id, { ...where, did, way: {} })
}

function isForeign(tenant: string | undefined, header: Header): boolean {
  return tenant !== undefined && tenant !== header.tenant_key
}

function happened(
  header: Header,
  user: string,
  { at, way, ...rest }: Omit<Inbound, 'id' | 'by'> & { at?: number | undefined },
): Seen {
  const when = at ?? header.create_time
  const event: Inbound = {
    id: header.event_id,
    by: { chat: LARK, workspace: header.tenant_key, user },
    ...rest,
    way: { ...way, ...(when === undefined ? {} : { at: String(when) }) },
  }
  return { kind: 'event', event }
}
