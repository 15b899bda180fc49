import { afterEach } from 'vitest'
import type { Alert } from '../../src/alerts/alert.ts'
import type { CardTexts } from '../../src/chat/card.ts'
import { openOutbox } from '../../src/chat/outbox.ts'
import type { Renderer } from '../../src/chat/outbox-rows.ts'
import { VirtualClock } from '../../src/clock.ts'
import { openLog } from '../../src/log.ts'
import type { CaseRules } from '../../src/store/cases.ts'
import type { Store } from '../../src/store/store.ts'
import { fakeChat, type Mishap } from '../fakes/chat.ts'
import { type FakeCall, fakePlatform } from '../fakes/chat-platform.ts'
import { askedBy, minutes, newAlert, person, RULES } from '../store/samples.ts'

/** The delivery loop on a stored outbox and a fake platform, with a clock moved by hand. */

export const SECOND = 1_000

export const words = (title: string): CardTexts => {
  const one = { accent: 'neutral', title, blocks: [], buttons: [], fallback: `${title} in words` } as const
  return { zh: one, en: one }
}

const rules = (...channels: string[]): CaseRules => ({
  ...RULES,
  route: () => channels.map((channel) => ({ chat: 'fake', channel })),
})

export function openDelivery(
  store: Store,
  options: Parameters<typeof fakeChat>[2] &
    Parameters<typeof fakePlatform>[0] & {
      readonly calls?: readonly string[]
      /** What happens while a card is drawn. */
      readonly drawing?: (clock: VirtualClock) => void
    } = {},
  channels: readonly string[] = ['C1'],
) {
  const clock = new VirtualClock(minutes(1))
  const platform = fakePlatform(options)
  const fake = fakeChat(platform, clock, options)
  const render: Renderer = {
    card: async (id) => {
      options.drawing?.(clock)
      const alert = await store.alerts.get(id)
      if (alert === null) return { card: words((await store.outbox.notice(id)).kind), version: 1 }
      return { card: words(`A-${alert.no} ${alert.state}`), version: alert.version }
    },
    line: async (_, action) => words((await store.alerts.action(action))!.verb),
    replaced: async () => words('replaced'),
    calls: async () => options.calls ?? [],
  }
  const gone: { channel: string; reason: string }[] = []
  const outbox = openOutbox({
    rows: store.outbox,
    chats: new Map([['fake', fake.chat]]),
    render,
    clock,
    log: openLog('silent'),
    elsewhere: async ({ card }, reason) => {
      gone.push({ channel: card.channel, reason })
    },
  })
  const route = rules(...channels)
  const openCase = (tier: 'P0' | 'P1' | 'P2' = 'P1'): Promise<Alert> =>
    store.transaction((tables) => tables.cases.open(newAlert(crypto.randomUUID(), tier), route, 'fresh'))
  const claim = ({ id }: Alert) =>
    store.cases.move(id, { verb: 'claim', by: 'lin', at: minutes(1) }, askedBy(person('lin')), route)
  const shown = () =>
    platform.messages
      .filter(({ head }) => head === null)
      .map(({ channel, card }) => `${channel} ${card.en.title}`)
  const befall = (...mishaps: (Mishap | null)[]) => {
    fake.mishap = (call) => (call.do === 'find' ? null : (mishaps.shift() ?? null))
  }
  /** Delivers, letting so many seconds pass between looks. */
  const pass = async (...seconds: number[]) => {
    await outbox.drain()
    for (const each of seconds) {
      clock.advance(each * SECOND)
      await outbox.drain()
    }
  }
  return { clock, platform, fake, outbox, gone, openCase, claim, shown, befall, pass }
}

export const did = (calls: readonly { call: FakeCall }[]) => calls.map(({ call }) => call.do)

type Given = Parameters<typeof openDelivery> extends [unknown, ...infer Rest] ? Rest : never

/** Opens deliveries that end with their story: a loop that is left running would take what belongs to the next one. */
export function deliveriesOver(store: () => Store): (...given: Given) => ReturnType<typeof openDelivery> {
  const running: ReturnType<typeof openDelivery>[] = []
  afterEach(async () => {
    for (const { outbox } of running.splice(0)) await outbox.stop()
  })
  return (...given) => {
    const opened = openDelivery(store(), ...given)
    running.push(opened)
    return opened
  }
}
