import { type Resident, type Seen, type Town, wordsIn } from '../suites/town.ts'
import { openLarkFake } from './lark.ts'
import { joins, picks, presses, says } from './lark-people.ts'
import { APP, type LarkMessage, TENANT } from './lark-world.ts'

const ID: Readonly<Record<Resident, string>> = {
  lin: 'ou_lin',
  zhou: 'ou_zhou',
  ye: 'ou_ye',
  vera: 'ou_vera',
}
const NAME: Readonly<Record<Resident, string>> = { lin: '林晓雯', zhou: '周启航', ye: '叶青', vera: '韦薇' }

const KEYS = { LARK_ENCRYPT_KEY: 'encrypt-key', LARK_VERIFICATION_TOKEN: 'vtok' }

/** A Lark with people on it; what they do comes over the long connection, or sealed over HTTP. */
export async function larkTown(mode: 'socket' | 'http'): Promise<Town> {
  const fake = await openLarkFake()
  let url = ''
  fake.world.groups.clear()
  for (const [who, id] of Object.entries(ID)) {
    const email = who === 'zhou' ? 'z@elsewhere.example' : `${who}@example.com`
    fake.world.users.set(id, { name: NAME[who as Resident], email, resigned: false, tenant: TENANT })
  }
  const seen = ({ id, chat, content }: LarkMessage): Seen => ({
    ...{ id, channel: chat, raw: { id, chat, content } },
    words: wordsIn(JSON.parse(content), /^(content|text|label|display_name|c\d+)$/),
  })
  const rawOf = (on: Seen) => on.raw as { id: string; chat: string; content: string }
  const post = async (event: object): Promise<number> => {
    const { body, headers } = fake.seal(event, KEYS.LARK_ENCRYPT_KEY, new Date())
    return (await fetch(`${url}/lark/events`, { method: 'POST', body, headers })).status
  }
  const isForm = ({ content }: LarkMessage): boolean => content.includes('"tag":"form"')
  const done = async (event: object): Promise<void> => {
    const code = mode === 'socket' ? (await fake.wire.push(event)).code : await post(event)
    if (code !== 200) throw new Error(`answered ${code}`)
  }
  return {
    name: 'lark',
    locale: 'zh',
    env: {
      LARK_APP_ID: APP.appId,
      LARK_APP_SECRET: APP.appSecret,
      LARK_DOMAIN: fake.url,
      ...(mode === 'http' ? KEYS : {}),
    },
    listensAt: (at) => {
      url = at
    },
    account: (who) => ID[who],
    invite: async (channel) => {
      const group = { name: channel, botIn: true, dissolved: false, external: false, topics: false }
      fake.world.groups.set(channel, group)
      await done(joins(ID.ye, channel))
    },
    archive: (channel) => {
      fake.world.groups.get(channel)!.dissolved = true
    },
    cards: (channel) => fake.shown(channel).map(seen),
    direct: (who) => fake.shown(ID[who]).map(seen),
    thread: ({ id }) => fake.thread(id).map(seen),
    aside: (who) => fake.aside(ID[who]).map(seen),
    press: async (who, on, label) => {
      const raw = rawOf(on)
      const has = (tag: string) => raw.content.includes(`"tag":"${tag}"`)
      const isButton = raw.content.includes(`"content":${JSON.stringify(label)}`) && has('button')
      await done(isButton ? presses(ID[who], raw, label) : picks(ID[who], raw, label))
    },
    submit: async (who, label, values) => {
      const form = fake.aside(ID[who]).filter(isForm).at(-1)
      if (form === undefined) throw new Error('no form was opened')
      await done(presses(ID[who], form, label, values))
    },
    type: (who, channel, line) => done(says(ID[who], line, channel === null ? {} : { chat: channel })),
    mention: (who, { id, channel }, line) => done(says(ID[who], line, { chat: channel, root: id })),
    forms: () => fake.world.messages.filter(isForm).length,
    close: () => fake.close(),
  }
}
