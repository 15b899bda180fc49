import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Lark } from '../../../src/chat/lark/lark.ts'
import { eventually } from '../../eventually.ts'
import { type LarkFake, openLarkFake } from '../../fakes/lark.ts'
import { says } from '../../fakes/lark-people.ts'
import { larkOver, openTestCounter, type TestCounter } from './open.ts'

let fake: LarkFake
let lark: Lark
let counter: TestCounter

beforeEach(async () => {
  fake = await openLarkFake()
  counter = openTestCounter()
  lark = larkOver(fake, counter)
})
afterEach(async () => {
  await lark.stop()
  await fake.close()
})

const asked = () => fake.calls.filter((call) => call.includes('ws/endpoint')).length

test('is told to be connected, and since when', async () => {
  expect(lark.health()).toEqual({ connected: false, since: null, trouble: null })
  await lark.start()
  expect(lark.health()).toMatchObject({ connected: true, since: expect.any(Date), trouble: null })
  await eventually(() => expect(fake.wire.pings()).toBeGreaterThan(0))
  await lark.stop()
  expect(lark.health().connected).toBe(false)
  await eventually(() => expect(fake.wire.open()).toBe(0))
})

test('a connection that is cut comes back at once, once, and events come in again', async () => {
  await lark.start()
  fake.wire.cut()
  await eventually(() => expect(asked()).toBe(2))
  await eventually(() => expect(fake.wire.open()).toBe(1))
  await eventually(() => expect(lark.health().connected).toBe(true))
  await fake.wire.push(says('ou_lin', 'mine'))
  expect(counter.taken).toHaveLength(1)
})

test('a connection that died without a word is noticed by its pings, whatever pause Lark names', async () => {
  await lark.stop()
  lark = larkOver(fake, counter, { pulse: { pingMs: 60, pongMs: 30 } })
  await lark.start()
  await eventually(() => expect(fake.wire.pings()).toBeGreaterThan(2))
  const before = asked()
  fake.wire.deafen()
  await eventually(() => expect(asked()).toBeGreaterThan(before))
  await eventually(() => expect(lark.health().connected).toBe(true))
})

test('a refusal for good says why', async () => {
  await lark.stop()
  lark = larkOver(fake, counter, { appSecret: 'wrong' })
  await lark.start()
  expect(lark.health()).toMatchObject({
    connected: false,
    trouble: expect.stringContaining('app_secret is invalid'),
  })
})

test('Lark being away at the start does not hold the program up, and is told', async () => {
  fake.trouble({ on: /./, cut: 'reset', times: 2 })
  await lark.start()
  expect(lark.health()).toMatchObject({
    connected: false,
    trouble: expect.stringContaining('did not arrive'),
  })
})

test('the company is learned from the first event', async () => {
  await lark.start()
  expect(lark.workspace()).toBeNull()
  await fake.wire.push(says('ou_lin', 'mine'))
  expect(lark.workspace()).toBe('2ed263bf32cf1651')
  expect(await lark.channels()).toEqual(['oc_alerts'])
})
