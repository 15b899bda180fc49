import { partsOf, type Resident, type Seen, type Town, wordsIn } from '../../suites/town.ts'
import { commandBody, eventBody, pressBody, submitBody } from './people.ts'
import { openSlackFake } from './server.ts'
import { sendSigned } from './signed.ts'
import type { FakeMessage } from './workspace.ts'

const ID: Readonly<Record<Resident, string>> = { lin: 'U0LIN', zhou: 'U0ZHOU', ye: 'U0YE', vera: 'U0VERA' }
const SECRET = 'fake-signing-secret'
const SHOWN = /^(text|alt_text)$/
/** Begins the id of what one person alone is shown: no message of a channel. */
const ASIDE = 'aside '

/** A Slack with people on it; what they do goes down the socket, or signed over HTTP. */
export async function slackTown(mode: 'socket' | 'http'): Promise<Town> {
  const fake = await openSlackFake()
  for (const [name, id] of Object.entries(ID))
    fake.space.addUser(id, { name, email: name === 'zhou' ? 'z@elsewhere.example' : `${name}@example.com` })
  let url = ''
  const send = async (type: string, body: Record<string, unknown>): Promise<void> => {
    if (mode === 'socket') return void (await fake.link.send(type, body))
    const { status, text } = await sendSigned(`${url}/slack/events`, body, {
      secret: SECRET,
      timestamp: Math.floor(Date.now() / 1_000),
    })
    if (status !== 200) throw new Error(`answered ${status}: ${text}`)
  }
  const by = (who: Resident) => ({ user: { id: ID[who], username: who, team_id: fake.space.team } })
  const seen =
    (channel: string) =>
    ({ ts, blocks, text }: Pick<FakeMessage, 'ts' | 'blocks' | 'text'>): Seen => ({
      ...{ id: ts, channel, raw: { ts, blocks: structuredClone(blocks), channel } },
      words: wordsIn(blocks.length > 0 ? blocks : { text }, SHOWN),
    })
  const inChannel = (channel: string): readonly FakeMessage[] =>
    fake.space.channels.get(channel)?.messages ?? []
  const heads = (channel: string) =>
    inChannel(channel)
      .filter(({ thread }) => thread === null)
      .map(seen(channel))
  const opened = new Map<Resident, number>()
  let count = 0
  const stamp = (): string => {
    count += 1
    return `1790000000.${String(count).padStart(6, '0')}`
  }

  return {
    name: 'slack',
    locale: 'en',
    env: {
      SLACK_BOT_TOKEN: fake.token,
      SLACK_API_URL: fake.apiUrl,
      ...(mode === 'socket' ? { SLACK_APP_TOKEN: fake.appToken } : { SLACK_SIGNING_SECRET: SECRET }),
    },
    listensAt: (at) => {
      url = at
    },
    account: (who) => ID[who],
    invite: async (channel) => {
      const there = fake.space.channels.get(channel)
      if (there === undefined) fake.space.addChannel(channel)
      else there.member = true
      const event = { type: 'member_joined_channel', user: fake.space.bot.user, channel, inviter: ID.ye }
      await send('events_api', eventBody(fake, event))
    },
    archive: (channel) => {
      fake.space.channels.get(channel)!.archived = true
    },
    cards: heads,
    direct: (who) => heads(`D${ID[who]}`),
    thread: ({ id, channel }) =>
      inChannel(channel)
        .filter(({ thread }) => thread === id)
        .map(seen(channel)),
    aside: (who) => [
      ...fake.space.responses
        .filter(({ at }) => String(at).includes(ID[who]))
        .map((raw, at) => ({
          id: `${ASIDE}response ${at}`,
          channel: '',
          raw,
          words: wordsIn(raw['blocks'], SHOWN),
        })),
      ...fake.space.ephemerals
        .filter(({ user }) => user === ID[who])
        .map((raw, at) => ({
          id: `${ASIDE}whisper ${at}`,
          channel: raw.channel,
          raw,
          words: wordsIn(raw.blocks, SHOWN),
        })),
    ],
    press: async (who, { id, channel, raw }, label) => {
      const parts = partsOf((raw as { blocks: unknown }).blocks)
      const isCalled = (part: Record<string, unknown>): boolean =>
        (part['text'] as { text?: string } | undefined)?.text === label
      const button = parts.find((part) => part['type'] === 'button' && isCalled(part))
      const menu = parts.find(({ options }) => Array.isArray(options) && options.some(isCalled))
      const option = (menu?.['options'] as Record<string, unknown>[] | undefined)?.find(isCalled)
      if (button === undefined && option === undefined) throw new Error(`no button "${label}"`)
      const action =
        button === undefined
          ? { type: menu!['type'], action_id: menu!['action_id'], selected_option: option }
          : { action_id: button['action_id'], value: button['value'] }
      opened.set(who, fake.space.modals.length)
      const more = {
        ...by(who),
        message: id,
        container: { channel_id: channel, is_ephemeral: id.startsWith(ASIDE) },
        channel: { id: channel, name: channel.toLowerCase() },
        response_url: fake.responseUrl(ID[who]),
      }
      await send('interactive', pressBody(fake, action, more))
    },
    submit: async (who, label, values) => {
      const form = fake.space.modals[opened.get(who) ?? 0]
      if (form === undefined) throw new Error('no form was opened')
      if ((form.view['submit'] as { text: string }).text !== label)
        throw new Error(`no "${label}" on the form`)
      const kinds = new Map(partsOf(form.view).map((part) => [part['block_id'], part['element']]))
      const filled = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          (kinds.get(name) as { type?: string } | undefined)?.type === 'static_select'
            ? { chosen: value }
            : value,
        ]),
      )
      await send('interactive', { ...submitBody(fake, form, filled), ...by(who) })
    },
    type: (who, channel, line) => {
      if (channel !== null) {
        const place = { user_id: ID[who], channel_id: channel, response_url: fake.responseUrl(ID[who]) }
        return send('slash_commands', { ...commandBody(fake, line), ...place })
      }
      const said = { user: ID[who], channel: `D${ID[who]}`, channel_type: 'im', ts: stamp(), text: line }
      return send('events_api', eventBody(fake, { type: 'message', ...said }))
    },
    mention: (who, { id, channel }, line) => {
      const text = `<@${fake.space.bot.user}> ${line}`
      const event = { type: 'app_mention', user: ID[who], channel, ts: stamp(), thread_ts: id, text }
      return send('events_api', eventBody(fake, event))
    },
    forms: () => fake.space.modals.length,
    close: () => fake.close(),
  }
}
