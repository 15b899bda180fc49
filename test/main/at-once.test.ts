import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import type { Context } from '../../src/context.ts'
import { openAtOnce } from '../../src/main/at-once.ts'
import { openTraffic } from '../../src/main/traffic.ts'
import { NOW, openSending, type Sending } from '../ingest/program.ts'
import { onePlace } from '../places.ts'

describe.each(onePlace)('judging at once, on $name', (where) => {
  let sending: Sending
  beforeAll(async () => {
    sending = await openSending(where)
  })
  afterAll(() => sending.close())

  /** Keeps a voice and tells nobody, as a process that died in between did. */
  const keepOnly = (customer: string) =>
    sending.ctx.store.ingest.keep(
      [
        {
          source: 'ingest:desk',
          records: [
            {
              ...{ type: 'feedback', sourceId: customer, customer: { kind: 'crm', value: customer } },
              ...{ at: new Date(NOW), channel: 'chat', text: '我要退款！' },
            },
          ],
          rejected: [],
          key: null,
          answer: () => ({ status: 200, json: '{}' }),
        },
      ],
      { data: new Date(NOW), real: new Date() },
    )
  const started = (ctx: Context) => {
    const atOnce = openAtOnce({ ctx, traffic: openTraffic(), real: systemClock })
    atOnce.start()
    return atOnce
  }

  it('whoever an earlier run kept and did not judge is judged at start', async () => {
    await keepOnly('K1')
    const atOnce = started(sending.ctx)
    await sending.judged()
    await atOnce.stop()
    expect(await sending.urgent()).toEqual(['客户1'])
  })

  it('what goes wrong is tried again, and costs nobody their place', async () => {
    const { ctx } = sending
    let tries = 0
    const failing: Context = {
      ...ctx,
      scorer: {
        ...ctx.scorer,
        assessSome: (...asked) => {
          tries += 1
          return tries === 1 ? Promise.reject(new Error('out of order')) : ctx.scorer.assessSome(...asked)
        },
      },
    }
    await keepOnly('K3')
    const atOnce = started(failing)
    while (tries === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    await atOnce.stop()
    const [row] = await ctx.store.ingest.take(9, new Date(Date.now() + 60_000), new Date(Date.now() + 60_000))
    expect(row).toMatchObject({ attempts: 2 })
    await ctx.store.ingest.putOff([row!.id], new Date(0))
    const second = started(ctx)
    await sending.judged()
    await second.stop()
    expect(await sending.urgent()).toContain('客户3')
  })
})
