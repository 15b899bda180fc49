import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, joinChannel } from '../../src/main/bring-in.ts'
import { onePlace } from '../places.ts'
import { openTestProgram, type TestProgram } from '../program.ts'

const NOW = '2026-06-01T06:00:00+08:00'
const CONFIG = `
company: { name: Acme, timeZone: Asia/Shanghai, currency: CNY }
profile: auto
people:
  - { id: ye, name: Ye, role: admin }
channels:
  - { id: desk, title: Desk, tiers: [P0, P1, P2] }
sources:
  - name: crm
    type: file
    path: ./customers.csv
    record: customer
    fields: { id: id, keys: { crm: id }, name: name, valueTier: tier }
  - name: feedback
    type: file
    path: ./voices.ndjson
    record: feedback
    fields: { id: id, customer: { crm: customer }, at: at, channel: { value: chat }, text: text }
`

describe.each(onePlace)(
  'with the tokens of a platform and none of its channels configured, on $name',
  (place) => {
    let program: TestProgram
    beforeAll(async () => {
      program = await openTestProgram(CONFIG, place, NOW, { SLACK_BOT_TOKEN: 'b', SLACK_APP_TOKEN: 'a' })
      const numbers = Array.from({ length: 33 }, (_, index) => index + 1)
      program.write(
        'customers.csv',
        `id,name,tier\n${numbers.map((no) => `K${no},客户${no},high`).join('\n')}\n`,
      )
      const voice = (no: number) =>
        JSON.stringify({
          id: `v${no}`,
          customer: `K${no}`,
          at: '2026-05-31 21:14',
          text: '修了三次都没好，我要退款！',
        })
      program.write('voices.ndjson', `${numbers.map(voice).join('\n')}\n`)
      for (const job of ['pull', 'score']) await program.run(job)
    })
    afterAll(() => program.close())

    const cardsIn = async (channel: string) =>
      Number((await program.sql(`SELECT count(*) AS n FROM card WHERE channel = '${channel}'`))[0]!['n'])

    it('a channel begins with the most urgent cases when the bot is called into it, once', async () => {
      const { ctx } = program
      await joinChannel(ctx, { chat: 'slack', channel: 'C1' })
      expect(await cardsIn('C1')).toBe(30)
      expect((await ctx.caseRules()).route('P0')).toEqual([
        { chat: 'console', channel: 'desk' },
        { chat: 'slack', channel: 'C1' },
      ])
      const waiting = await ctx.store.outbox.waiting()
      await joinChannel(ctx, { chat: 'slack', channel: 'C1' })
      await bringIn(ctx, { chat: 'slack', channel: 'C1' })
      expect(await ctx.store.outbox.waiting()).toBe(waiting)
    })

    it('a channel of the configuration, or of a platform that is not used, gets nothing of the past', async () => {
      await bringIn(program.ctx, { chat: 'console', channel: 'desk' })
      await joinChannel(program.ctx, { chat: 'lark', channel: 'oc_1' })
      expect(await cardsIn('oc_1')).toBe(0)
    })
  },
)
