import { openLarkFake, type Trouble } from '../fakes/lark.ts'
import { pressed } from '../fakes/lark-people.ts'
import { APP, no, TENANT } from '../fakes/lark-world.ts'
import { openLedger } from './ledger.ts'
import type { OpenStage } from './stage.ts'
import { type Ill, openWeather } from './weather.ts'

/** Five messages a second in a group are of all bots together; three programs draw what would be a day's cards. */
const FASTER = 4

/** Lark: it shows one message a key; events come over the long connection, to one program each. */
export const larkStage: OpenStage = async (channels, mischief) => {
  const fake = await openLarkFake()
  const { world, wire } = fake
  const ledger = openLedger(/"version":(\d+)/)
  const weather = openWeather(mischief)
  world.groups.clear()
  for (let count = 1; count <= channels; count += 1)
    world.groups.set(`oc_${count}`, {
      ...{ name: `oc_${count}`, botIn: true },
      ...{ dissolved: false, external: false, topics: false },
    })
  /** What each person alone was shown, and how much of it there was when they pressed. */
  const asides = new Map<string, string[]>()
  const presses = new Map<string, { readonly user: string; readonly before: number }>()
  world.onShown = ({ id, chat, thread, onlyFor, content }) => {
    if (onlyFor === null) ledger.write({ message: id, channel: chat, head: thread }, content)
    else asides.set(onlyFor, [...(asides.get(onlyFor) ?? []), content])
  }
  fake.weather = () => troubleOf(weather.next())
  return {
    chat: 'lark',
    workspace: TENANT,
    settings: {
      env: { LARK_APP_ID: APP.appId, LARK_APP_SECRET: APP.appSecret, LARK_DOMAIN: fake.url },
      faster: FASTER,
    },
    channel: (count) => `oc_${count}`,
    user: (person) => `ou_${person}`,
    seen: () => [...ledger.seen.values()],
    stale: ledger.stale,
    answerTo: (press) => {
      const { user, before } = presses.get(press)!
      return asides.get(user)?.[before] ?? null
    },
    mishaps: () => weather.mishaps,
    press: async ({ id, user, channel, message, command, version }) => {
      presses.set(id, { user, before: asides.get(user)?.length ?? 0 })
      const value = { command, args: '', ...(version === null ? {} : { version }) }
      const { code } = await wire.push(
        pressed(user, { chat: channel, id: message }, { value, tag: 'button' }),
      )
      if (code !== 200) throw new Error(`a press was answered with ${code}`)
    },
    close: fake.close,
  }
}

function troubleOf(ill: Ill | null): Omit<Trouble, 'on' | 'times'> | null {
  switch (ill?.kind) {
    case 'errors':
      return { tell: { status: 500, body: {} }, ...(ill.done ? { done: true as const } : {}) }
    case 'resets':
      return { cut: ill.done ? 'lost' : 'reset' }
    case 'limited':
      return {
        tell: { ...no(99991400, 'request trigger frequency limit', 429), headers: { 'retry-after': '1' } },
      }
    case 'slow':
      return { delayMs: ill.ms }
    default:
      return null
  }
}
