import { expect, test } from 'vitest'
import { embedded, onServer } from '../torture/databases.ts'
import { clicksOn, SHORT } from './clicks.ts'
import { pressesOf } from './presses.ts'
import { slackClicksOn } from './slack-clicks.ts'

const url = process.env['TEST_DATABASE_URL']
const arenas = url
  ? ([
      ['pglite', embedded],
      ['postgres', onServer(url)],
    ] as const)
  : ([['pglite', embedded]] as const)

// How long it takes is no matter here: that the whole way works, and that every click is answered well, is.
test.each(arenas.slice(-1))('clicks on the running console are all answered, on %s', async (name, arena) => {
  const figures = await clicksOn(name, arena, SHORT)
  const value = (id: string): number => figures.find((one) => one.id === `clicks.${name}.${id}`)!.value
  expect([value('sent'), value('errors')]).toEqual([SHORT.aSecond * SHORT.seconds, 0])
  expect(value('ack_p50_ms')).toBeLessThanOrEqual(value('ack_p99_ms'))
  expect(value('ack_p99_ms')).toBeLessThanOrEqual(value('ack_max_ms'))
})

test('presses come at a steady rate, each case in the order of its life', () => {
  const presses = pressesOf(600, 200, 30)
  expect(presses).toHaveLength(6_000)
  expect([presses[0]!.at, presses[200]!.at, presses.at(-1)!.at]).toEqual([0, 1_000, 29_995])
  const own = presses
    .filter(({ card, person }) => card === 0 && person === 'ana')
    .map(({ command }) => command)
  expect(own).toEqual([
    'claim',
    'contacted',
    'snooze',
    'claim',
    'snooze',
    'claim',
    'snooze',
    'claim',
    'snooze',
    'retained',
  ])
  expect(new Set(presses.map(({ command }) => command))).toEqual(
    new Set(['claim', 'contacted', 'snooze', 'retained', 'resolve', 'dismiss']),
  )
  expect(new Set(presses.map(({ person }) => person)).size).toBe(6)
})

test('some presses come twice, and some are a colleague’s', () => {
  const presses = pressesOf(100, 200, 2)
  expect(presses.length - new Set(presses.map(({ request }) => request)).size).toBe(10)
})

test.each(arenas.slice(-1))(
  'clicks down Slack’s socket are all acknowledged, beside those of a bare Bolt app, on %s',
  async (_name, arena) => {
    const figures = await slackClicksOn(arena, { ...SHORT, seconds: 1 })
    const value = (id: string): number => figures.find((one) => one.id === `clicks.slack.${id}`)!.value
    expect([value('sent'), value('errors')]).toEqual([SHORT.aSecond, 0])
    expect(value('p99_beside_bare_bolt')).toBeGreaterThan(0)
  },
)
