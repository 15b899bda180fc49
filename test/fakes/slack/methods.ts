import type { Knobs } from './knobs.ts'
import { blockFaults, messageFaults, viewFaults } from './limits.ts'
import type { FakeChannel, FakeMessage, FakeWorkspace } from './workspace.ts'

/** One Web API method: arguments in, answer out. `error` in the answer is Slack's no. */
type Answer = Record<string, unknown>
type Args = Readonly<Record<string, string>>
type Method = (args: Args) => Answer

const no = (error: string): Answer => ({ ok: false, error })

export function methodsOf(
  space: FakeWorkspace,
  knobs: Knobs,
  origin: () => string,
  now: () => number,
): Record<string, Method> {
  const channelOf = (args: Args): FakeChannel | Answer => {
    const channel = space.channels.get(args['channel'] ?? '')
    if (channel === undefined) return no('channel_not_found')
    if (channel.archived) return no('is_archived')
    return channel.member ? channel : no('not_in_channel')
  }
  const isNo = (found: FakeChannel | Answer): found is Answer => 'error' in found

  const content = (args: Args): { text: string; blocks: unknown[] } | Answer => {
    const blocks = parsed(args['blocks'])
    if (blocks === undefined) return no('invalid_blocks_format')
    const [fault] = messageFaults({ text: args['text'] ?? '', blocks: blocks ?? [] })
    if (fault === 'no_text' || fault === 'msg_blocks_too_long') return no(fault)
    if (fault !== undefined)
      return { ...no('invalid_blocks'), response_metadata: { messages: [`[ERROR] ${fault}`] } }
    const unknown = picturesIn(blocks).find((id) => !space.files.some((file) => file.id === id))
    if (unknown !== undefined)
      return { ...no('invalid_blocks'), response_metadata: { messages: ['[ERROR] invalid slack file'] } }
    return { text: args['text'] ?? '', blocks: (blocks ?? []) as unknown[] }
  }

  const post: Method = (args) => {
    const channel = channelOf(args)
    if (isNo(channel)) return channel
    const shown = content(args)
    if ('error' in shown) return shown
    const { text, blocks } = shown as { text: string; blocks: unknown[] }
    const thread = args['thread_ts'] ?? null
    if (thread !== null && !channel.messages.some(({ ts }) => ts === thread)) return no('thread_not_found')
    const message: FakeMessage = {
      ts: space.newTs(),
      text,
      blocks,
      thread,
      metadata: parsed(args['metadata']) ?? null,
      bot: true,
      user: space.bot.user,
      shownFrom: now() + knobs.historyLagMs,
      edits: 0,
    }
    channel.messages.push(message)
    space.onShown(channel.id, message)
    return { ok: true, channel: channel.id, ts: message.ts, message: { text, ts: message.ts } }
  }

  const page = (messages: readonly FakeMessage[], args: Args): Answer => {
    const oldest = Number(args['oldest'] ?? 0)
    const shown = messages.filter(({ ts, shownFrom }) => Number(ts) > oldest && shownFrom <= now())
    const from = Number(args['cursor'] ?? 0)
    const size = Number(args['limit'] ?? 100)
    const withMetadata = args['include_all_metadata'] === 'true'
    return {
      ok: true,
      messages: shown.slice(from, from + size).map((message) => ({
        type: 'message',
        ts: message.ts,
        text: message.text,
        user: message.user,
        blocks: message.blocks,
        ...(message.thread === null ? {} : { thread_ts: message.thread }),
        ...(withMetadata && message.metadata !== null ? { metadata: message.metadata } : {}),
      })),
      has_more: from + size < shown.length,
      response_metadata: { next_cursor: from + size < shown.length ? String(from + size) : '' },
    }
  }

  return {
    'auth.test': () => ({
      ok: true,
      url: 'https://fake.slack.com/',
      team: 'Fake',
      team_id: space.team,
      user: 'foreshock',
      user_id: space.bot.user,
      bot_id: space.bot.id,
    }),
    'chat.postMessage': post,
    'chat.update': (args) => {
      const channel = channelOf(args)
      if (isNo(channel)) return channel
      const message = channel.messages.find(({ ts }) => ts === args['ts'])
      if (message === undefined) return no('message_not_found')
      if (!message.bot) return no('cant_update_message')
      const shown = content(args)
      if ('error' in shown) return shown
      Object.assign(message, shown, { edits: message.edits + 1 })
      space.onShown(channel.id, message)
      return { ok: true, channel: channel.id, ts: message.ts, text: message.text }
    },
    'chat.delete': (args) => {
      const channel = channelOf(args)
      if (isNo(channel)) return channel
      const message = channel.messages.find(({ ts }) => ts === args['ts'])
      if (message === undefined) return no('message_not_found')
      if (!message.bot) return no('cant_delete_message')
      channel.messages.splice(channel.messages.indexOf(message), 1)
      space.onGone(channel.id, message)
      return { ok: true, channel: channel.id, ts: message.ts }
    },
    'chat.postEphemeral': (args) => {
      const channel = channelOf(args)
      if (isNo(channel)) return channel
      if (!space.users.has(args['user'] ?? '')) return no('user_not_in_channel')
      const shown = content(args)
      if ('error' in shown) return shown
      const { text, blocks } = shown as { text: string; blocks: unknown[] }
      space.ephemerals.push({
        channel: channel.id,
        user: args['user']!,
        thread: args['thread_ts'] ?? null,
        text,
        blocks,
      })
      return { ok: true, message_ts: space.newTs() }
    },
    'conversations.history': (args) => {
      const channel = channelOf(args)
      if (isNo(channel)) return channel
      return page([...channel.messages].filter(({ thread }) => thread === null).reverse(), args)
    },
    'conversations.replies': (args) => {
      const channel = channelOf(args)
      if (isNo(channel)) return channel
      const head = args['ts']
      if (!channel.messages.some(({ ts }) => ts === head)) return no('thread_not_found')
      return page(
        channel.messages.filter(({ ts, thread }) => ts === head || thread === head),
        args,
      )
    },
    'conversations.open': (args) => {
      const user = args['users'] ?? ''
      if (!space.users.has(user)) return no('user_not_found')
      const id = `D${user}`
      const channel = space.channels.get(id) ?? space.addChannel(id, { user })
      return { ok: true, channel: { id: channel.id } }
    },
    'users.conversations': (args) => {
      const mine = [...space.channels.values()].filter(
        ({ member, archived, user }) => member && !archived && user === null,
      )
      const from = Number(args['cursor'] || 0)
      const to = from + Number(args['limit'] ?? 100)
      return {
        ok: true,
        channels: mine.slice(from, to).map(({ id, name }) => ({ id, name, is_archived: false })),
        response_metadata: { next_cursor: to < mine.length ? String(to) : '' },
      }
    },
    'conversations.info': (args) => {
      const channel = space.channels.get(args['channel'] ?? '')
      if (channel === undefined) return no('channel_not_found')
      const { id, name, member, archived } = channel
      return { ok: true, channel: { id, name, is_member: member, is_archived: archived } }
    },
    'users.info': (args) => {
      const user = space.users.get(args['user'] ?? '')
      if (user === undefined) return no('user_not_found')
      const { id, name, email, guest, deleted, locale, tz } = user
      return {
        ok: true,
        user: {
          id,
          team_id: space.team,
          name: name.toLowerCase(),
          real_name: name,
          locale,
          tz,
          deleted,
          is_restricted: guest,
          profile: { real_name: name, ...(email === null ? {} : { email }) },
        },
      }
    },
    'views.open': (args) => {
      const view = parsed(args['view'])
      const [fault] = viewFaults(view)
      if (fault !== undefined) return { ...no('invalid_arguments'), response_metadata: { messages: [fault] } }
      const trigger = args['trigger_id'] ?? ''
      if (!/^\d+\.\d+\./.test(trigger)) return no('invalid_trigger_id')
      if (trigger.endsWith('.expired')) return no('expired_trigger_id')
      const id = `V${space.modals.length + 1}`
      space.modals.push({ trigger, view: view as Record<string, unknown>, id })
      return { ok: true, view: { id } }
    },
    'views.publish': (args) => {
      const view = parsed(args['view'])
      const faults = viewFaults(view)
      const blocks = (view as { blocks?: unknown } | undefined)?.blocks
      if (faults.length > 0 || blockFaults(blocks, 100).length > 0) return no('invalid_arguments')
      space.homes.set(args['user_id'] ?? '', view as Record<string, unknown>)
      return { ok: true, view: { id: 'V0HOME' } }
    },
    'files.getUploadURLExternal': (args) => ({
      ok: true,
      upload_url: `${origin()}/upload/${encodeURIComponent(args['filename'] ?? '')}`,
      file_id: `F0${args['length']}`,
    }),
    'files.completeUploadExternal': (args) => {
      const files = (parsed(args['files']) ?? []) as { id: string; title: string }[]
      for (const { id, title } of files) {
        space.files.push({ id, channel: args['channel_id'] ?? null, title, bytes: Number(id.slice(2)) })
      }
      return { ok: true, files: files.map(({ id, title }) => ({ id, title })) }
    },
  }
}

/** Ids of the files that image blocks show. */
function picturesIn(blocks: unknown): string[] {
  const all = (blocks ?? []) as readonly { type: string; slack_file?: { id: string } }[]
  return all.flatMap(({ type, slack_file }) => (type === 'image' ? [String(slack_file?.id)] : []))
}

/** The JSON in an argument; null: absent; undefined: it is none. */
function parsed(value: string | undefined): unknown {
  if (value === undefined) return null
  try {
    return JSON.parse(value) as unknown
  } catch {
    return undefined
  }
}
