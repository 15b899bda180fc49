import { expect, test } from 'vitest'
import type { Config } from '../../src/config.ts'
import { channelsFor, routesOf } from '../../src/main/routes.ts'
import { same } from '../../src/text.ts'

const access: Config['access'] = {
  slack: { botToken: 'b', appToken: 'a', signingSecret: null, apiUrl: null },
  lark: null,
  ingest: null,
}
const channel = (id: string, more: Partial<Config['channels'][number]> = {}): Config['channels'][number] => ({
  ...{ id, chat: 'console', title: same(id), tiers: ['P0', 'P1', 'P2'], notices: false, retention: false },
  ...more,
})
const joined = [
  { chat: 'slack', channel: 'C1' },
  { chat: 'lark', channel: 'oc_1' },
]
const direct = [{ chat: 'slack', channel: 'D1' }]
const none = new Map<string, unknown>()

test('a channel of a platform is known by its address, and may take other tiers', () => {
  const channels = [channel('alerts'), channel('team', { chat: 'slack', to: 'C9', tiers: ['P0'] })]
  const routes = routesOf({ channels, access }, new Map([['routes', { alerts: ['P2'] }]]), joined, direct)
  expect(channelsFor(routes, 'P0')).toEqual([{ chat: 'slack', channel: 'C9' }])
  expect(channelsFor(routes, 'P2')).toEqual([{ chat: 'console', channel: 'alerts' }])
  expect(routes[0]).toMatchObject({ tiers: ['P2'], configured: ['P0', 'P1', 'P2'] })
})

test('the retention team takes whoever of high value says that they leave, and no other case', () => {
  const channels = [channel('alerts'), channel('keepers', { tiers: [], retention: true })]
  const routes = routesOf({ channels, access }, none, [], [])
  const ids = (...asked: Parameters<typeof channelsFor> extends [unknown, ...infer Rest] ? Rest : never) =>
    channelsFor(routes, ...asked).map((each) => each.channel)
  expect(ids('P0', 'strong-word-high-value')).toEqual(['alerts', 'keepers'])
  expect(ids('P0', 'emotion-and-signal-high-value')).toEqual(['alerts'])
  expect(ids('P1', 'strong-word')).toEqual(['alerts'])
})

test('a platform without channels in the configuration uses those it was called into', () => {
  const routes = routesOf({ channels: [channel('alerts')], access }, none, joined, direct)
  expect(channelsFor(routes, 'P1')).toEqual([
    { chat: 'console', channel: 'alerts' },
    { chat: 'slack', channel: 'C1' },
  ])
})

test('what is about no case goes there too, unless the configuration names a channel for it', () => {
  const taking = (notices: boolean) =>
    routesOf({ channels: [channel('alerts', { notices })], access }, none, joined, direct)
      .filter((route) => route.notices)
      .map(({ id }) => id)
  expect([taking(false), taking(true)]).toEqual([['C1'], ['alerts']])
})

test('called into none, it writes to the first admin', () => {
  const routes = routesOf({ channels: [channel('alerts')], access }, none, [], direct)
  expect(channelsFor(routes, 'P1').at(-1)).toEqual({ chat: 'slack', channel: 'D1' })
})

test('what is stored and does not read as routes changes nothing', () => {
  const stored = new Map<string, unknown>([['routes', { alerts: ['P9'] }]])
  const [alerts] = routesOf({ channels: [channel('alerts')], access }, stored, [], [])
  expect(alerts!.tiers).toEqual(['P0', 'P1', 'P2'])
})
