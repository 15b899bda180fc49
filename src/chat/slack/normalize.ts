import type { z } from 'zod'
import type { ChatUser, Deed, Inbound } from '../inbound.ts'
import { readPressed } from './encode-buttons.ts'
import { SLACK } from './name.ts'
import {
  actionsSchema,
  commandSchema,
  eventSchema,
  homeSchema,
  memberSchema,
  shortcutSchema,
  spokenSchema,
  submissionSchema,
} from './reads.ts'
import { ADD_TO_CASE, readSubmitted } from './submitted.ts'
import { unformat } from './unformat.ts'

/** Who we are at Slack, from auth.test. */
export interface Self {
  readonly team: string
  readonly user: string
  readonly bot: string
}

/** What a body from Slack turns out to be. */
export type Read =
  /** `trigger` opens a form within three seconds; null: none can be opened from here. */
  | { readonly kind: 'event'; readonly event: Inbound; readonly trigger: string | null }
  /** The message shortcut: a form of our own comes first. */
  | {
      readonly kind: 'shortcut'
      readonly by: ChatUser
      readonly channel: string
      readonly message: string
      readonly thread: string
      readonly said: string
      readonly trigger: string
    }
  | { readonly kind: 'ignored'; readonly why: string }
  /** Another workspace's. */
  | { readonly kind: 'foreign'; readonly team: string }

/** Untrusted bodies made into what the rest of the program trusts. Pure. */
export function normalize(body: unknown, self: Self): Read {
  const { type, command } = (body ?? {}) as { type?: unknown; command?: unknown }
  if (typeof command === 'string') return read(commandSchema, body, (said) => fromCommand(said, self))
  switch (type) {
    case 'event_callback':
      return read(eventSchema, body, (event) => fromEvent(event, self))
    case 'block_actions':
      return read(actionsSchema, body, (pressed) => fromActions(pressed, self))
    case 'view_submission':
      return read(submissionSchema, body, (sent) => fromSubmission(sent, self))
    case 'message_action':
      return read(shortcutSchema, body, (chosen) => fromShortcut(chosen, self))
    default:
      return ignored(`unknown type ${String(type).slice(0, 60)}`)
  }
}

function fromCommand(said: z.output<typeof commandSchema>, self: Self): Read {
  const { team_id: team, channel_id: channel, user_id: user } = said
  if (team !== self.team) return { kind: 'foreign', team }
  return {
    kind: 'event',
    trigger: said.trigger_id,
    event: {
      id: `command ${said.trigger_id}`,
      by: { chat: SLACK, workspace: team, user },
      channel,
      isDirect: isDirect(channel),
      message: null,
      did: { kind: 'say', line: unformat(said.text, self.user) || 'help' },
      way: wayOf({ responseUrl: said.response_url }),
    },
  }
}

function fromEvent(told: z.output<typeof eventSchema>, self: Self): Read {
  const teams = [told.team_id, ...(told.authorizations ?? []).map(({ team_id }) => team_id)]
  if (!teams.includes(self.team)) return { kind: 'foreign', team: told.team_id ?? 'unknown' }
  const { event } = told
  switch (event.type) {
    case 'app_mention':
    case 'message':
      return read(spokenSchema, event, (spoken) => fromSpoken(spoken, event.type, told.event_id, self))
    case 'app_home_opened':
      return read(homeSchema, event, ({ user, tab }) =>
        tab === 'messages'
          ? ignored('the messages tab')
          : happened(told.event_id, user, null, { kind: 'home' }, self),
      )
    case 'member_joined_channel':
      return read(memberSchema, event, ({ user, inviter, channel }) =>
        user === self.user
          ? happened(told.event_id, inviter ?? user, channel, { kind: 'member', joined: true }, self)
          : ignored('someone else joined'),
      )
    case 'member_left_channel':
    case 'channel_left':
    case 'group_left':
      return read(memberSchema, event, ({ user, actor_id, channel }) =>
        event.type !== 'member_left_channel' || user === self.user
          ? happened(told.event_id, actor_id ?? self.user, channel, { kind: 'member', joined: false }, self)
          : ignored('someone else left'),
      )
    default:
      return ignored(`unknown event ${event.type}`)
  }
}

/** What people post; edits, joins, the bot's own words and other bots' are not for us. */
const SPOKEN: readonly string[] = ['file_share', 'thread_broadcast']

function fromSpoken(spoken: z.output<typeof spokenSchema>, type: string, id: string, self: Self): Read {
  const { user, channel, ts, thread_ts: thread } = spoken
  if (spoken.bot_id || user === self.user) return ignored('a bot said it')
  if (spoken.subtype && !SPOKEN.includes(spoken.subtype)) return ignored(`message ${spoken.subtype}`)
  const direct = spoken.channel_type === 'im' || isDirect(channel)
  if (type === 'message' && !direct) return ignored('said to others')
  return {
    kind: 'event',
    trigger: null,
    event: {
      id,
      by: { chat: SLACK, workspace: spoken.user_team ?? spoken.team ?? self.team, user },
      channel,
      isDirect: direct,
      message: thread ?? null,
      did: { kind: 'say', line: unformat(spoken.text, self.user) || 'help' },
      // A mention in the open is answered in a thread of its own; a direct message where it was written.
      way: wayOf({ thread: thread ?? (direct ? null : ts) }),
    },
  }
}

function fromActions(pressed: z.output<typeof actionsSchema>, self: Self): Read {
  const team = pressed.team?.id ?? 'unknown'
  if (team !== self.team) return { kind: 'foreign', team }
  const [action] = pressed.actions
  const { action_id, action_ts, value, selected_option } = action!
  const carried = readPressed({ action_id, value: value ?? undefined, selected: selected_option?.value })
  if (carried === null) return ignored('a button that is not ours')
  const { user, container, channel } = pressed
  // Nobody keeps what only one person sees: such a message stands for no case.
  const message = container.is_ephemeral === true ? null : (container.message_ts ?? null)
  return {
    kind: 'event',
    trigger: pressed.trigger_id,
    event: {
      id: ['press', user.id, container.message_ts ?? 'home', action_id, action_ts].join(' '),
      by: { chat: SLACK, workspace: user.team_id ?? team, user: user.id },
      channel: channel?.id ?? null,
      isDirect: isDirect(channel?.id ?? ''),
      message,
      did: {
        kind: 'press',
        command: carried.command,
        args: carried.args,
        form: null,
        version: carried.version,
      },
      way: wayOf({ thread: container.thread_ts, responseUrl: pressed.response_url }),
    },
  }
}

function fromSubmission(sent: z.output<typeof submissionSchema>, self: Self): Read {
  const team = sent.team?.id ?? 'unknown'
  if (team !== self.team) return { kind: 'foreign', team }
  const submitted = readSubmitted(sent.view)
  if (submitted === null) return ignored('a form that is not ours')
  const { from, did } = submitted
  return {
    kind: 'event',
    trigger: null,
    event: {
      // One opened form is sent once; a second try after an error of ours was not kept the first time.
      id: `form ${sent.view.id}`,
      by: { chat: SLACK, workspace: sent.user.team_id ?? team, user: sent.user.id },
      channel: from.channel,
      isDirect: isDirect(from.channel ?? ''),
      message: from.message,
      did,
      way: wayOf({ thread: from.thread, responseUrl: from.responseUrl }),
    },
  }
}

function fromShortcut(chosen: z.output<typeof shortcutSchema>, self: Self): Read {
  const team = chosen.team?.id ?? 'unknown'
  if (team !== self.team) return { kind: 'foreign', team }
  if (chosen.callback_id !== ADD_TO_CASE) return ignored('a shortcut that is not ours')
  const { message, channel, trigger_id: trigger } = chosen
  const said = unformat(message.text, self.user)
  const thread = message.thread_ts ?? message.ts
  const by = { chat: SLACK, workspace: team, user: chosen.user.id }
  return { kind: 'shortcut', by, channel: channel.id, message: message.ts, thread, said, trigger }
}

function happened(id: string, user: string, channel: string | null, did: Deed, self: Self): Read {
  const by = { chat: SLACK, workspace: self.team, user }
  return {
    kind: 'event',
    trigger: null,
    event: { id, by, channel, isDirect: false, message: null, did, way: {} },
  }
}

function wayOf(parts: {
  readonly thread?: string | null | undefined
  readonly responseUrl?: string | null | undefined
}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parts).filter((part): part is [string, string] => typeof part[1] === 'string'),
  )
}

function read<S extends z.ZodType>(schema: S, body: unknown, then: (value: z.output<S>) => Read): Read {
  const checked = schema.safeParse(body)
  if (checked.success) return then(checked.data)
  const [issue] = checked.error.issues
  return ignored(`not readable: ${issue?.path.join('.')} ${issue?.code}`)
}

const isDirect = (channel: string): boolean => channel.startsWith('D')

const ignored = (why: string): Read => ({ kind: 'ignored', why })
