import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { score } from '../../jobs/score.ts'
import { DAY } from '../../src/clock.ts'
import { judgeNow } from '../../src/judging/judge-now.ts'
import { places } from '../places.ts'
import { batchOf, customerRecord } from '../store/samples.ts'
import { type Brand, customersFile, openBrand, type VoiceRow, voicesFile } from './brand.ts'

const ANGRY: VoiceRow = ['v1', 1, '2026-05-31 21:14', '修了三次都没好，我要退款！']
const DONE: VoiceRow = ['v3', 3, '2026-05-31 19:00', '我要退订。']

describe.each(places)('scoring on $name', (place) => {
  let brand: Brand
  const voices = [ANGRY, DONE]
  const hear = async (voice: VoiceRow): Promise<void> => {
    voices.push(voice)
    brand.write('voices.ndjson', voicesFile(voices))
    await brand.run('pull')
  }
  const assessed = async () => {
    const latest = await brand.ctx.store.assessments.since(new Date(0))
    return [...latest.values()].map(({ customer, asOf }) => [customer, asOf]).sort()
  }

  beforeAll(async () => {
    brand = await openBrand(place, '2026-06-01T06:00:00+08:00')
    // K2 came every month and stopped coming; K4 came lately.
    const months = ['07', '08', '09', '10', '11', '12'].map((month) => `2025-${month}-15 10:00`)
    const came = [...months, '2026-01-15 10:00', '2026-02-20 10:00']
    const visits = came.map((at, index) => [`${index}`, 2, at] as const)
    brand.files(
      [
        [1, 'high'],
        [2, 'low'],
        [3, 'low'],
        [4, 'low'],
      ],
      [...visits, ['new', 4, '2026-05-20 10:00']],
      voices,
    )
    await brand.run('pull')
  })
  afterAll(() => brand.close())

  it('opens a case for each customer at risk, the most urgent with the lowest number', async () => {
    expect(await brand.run('score')).toEqual({
      seen: 4,
      changed: 3,
      failed: 0,
      more: { opened: 3, deferred: 0 },
    })
    const cases = await Promise.all([1, 2, 3].map((no) => brand.newest(no)))
    expect(cases.map((each) => each!.tier)).toEqual(['P0', 'P2', 'P1'])
    expect(cases.map((each) => each!.no)).toEqual([1001, 1003, 1002])
    expect(await brand.newest(4)).toBeNull()
    expect(await brand.channel('alerts')).toHaveLength(3)
    const [run] = await brand.ctx.store.assessments.runs(1)
    expect(run).toMatchObject({
      asOf: brand.clock.now(),
      model: 'rules',
      customers: Int32Array.of(1, 2, 3, 4),
    })
  })

  it('at the same data opens nothing and writes no assessment, the same minute or the next day', async () => {
    const before = await assessed()
    for (const wait of [0, 60_000, DAY]) {
      brand.clock.advance(wait)
      expect(await brand.run('score')).toMatchObject({
        seen: 4,
        changed: 0,
        more: { opened: 0, deferred: 0 },
      })
    }
    expect(await assessed()).toEqual(before)
    expect(await brand.channel('alerts')).toHaveLength(3)
    expect(await brand.newest(1)).toMatchObject({ version: 1 })
  })

  it('raises a case in its own card and says so in its thread', async () => {
    await brand.click('lin', 2, 'claim')
    const card = (await brand.channel('alerts')).find((message) => message.card!.en.badge === 'P2')!
    await hear(['v4', 2, '2026-06-02 05:00', '我要退款，马上取消。'])
    expect(await brand.run('score')).toMatchObject({ changed: 1, more: { opened: 0, deferred: 0 } })
    expect(await brand.newest(2)).toMatchObject({ tier: 'P1', state: 'claimed', owner: 'lin', version: 3 })
    const messages = await brand.channel('alerts')
    expect(messages).toHaveLength(3)
    expect(messages.find(({ id }) => id === card.id)!.card!.en).toMatchObject({ badge: 'P1', accent: 'P1' })
    expect(JSON.stringify(messages.find(({ id }) => id === card.id)!.card!.zh)).toContain('马上取消')
    const told = await brand.told(2)
    expect(told).toHaveLength(2)
    expect(told[1]).toMatch(/P2.*P1/)
    expect(await brand.run('score')).toMatchObject({ changed: 0 })
  })

  it('does not reopen a dismissed case on what it had answered, but on what is newer', async () => {
    brand.clock.advance(3_600_000)
    await brand.click('lin', 3, 'dismiss', { reason: '误会，只是问流程' })
    brand.clock.advance(3_600_000)
    expect(await brand.run('score')).toMatchObject({ more: { opened: 0, deferred: 0 } })
    const closed = await brand.newest(3)
    expect(closed).toMatchObject({ state: 'dismissed' })
    await hear(['v5', 3, '2026-06-02 07:30', '说好的没人回，我要退款。'])
    expect(await brand.run('score')).toMatchObject({ more: { opened: 1, deferred: 0 } })
    expect(await brand.newest(3)).toMatchObject({ state: 'open', trigger: 'risk', previous: closed!.id })
    const [, , , again] = await brand.channel('alerts')
    expect(JSON.stringify(again!.card!.zh)).toContain('误会，只是问流程')
  })

  it('opens a case anew for words said before its end that came in only after it', async () => {
    const form = {
      result: 'other',
      reason: 'service',
      action: '已致歉',
      entitlement: 'none',
      cost: '0',
      reply: '',
    }
    await brand.click('lin', 3, 'resolve', form)
    expect(await brand.run('score')).toMatchObject({ more: { opened: 0 } })
    const closed = await brand.newest(3)
    brand.clock.advance(60_000)
    await hear(['v6', 3, '2026-06-02 07:40', '还是没人管，马上给我退款。'])
    expect(await brand.run('score')).toMatchObject({ more: { opened: 1 } })
    expect(await brand.newest(3)).toMatchObject({ state: 'open', previous: closed!.id })
  })

  it('also where the case was dismissed, and the words are older than what it was judged by', async () => {
    await brand.click('lin', 3, 'dismiss', { reason: '还是误会' })
    expect(await brand.run('score')).toMatchObject({ more: { opened: 0 } })
    const closed = await brand.newest(3)
    brand.clock.advance(60_000)
    await hear(['v7', 3, '2026-06-02 06:00', '再不退款我就投诉到底。'])
    expect(await brand.run('score')).toMatchObject({ more: { opened: 1 } })
    expect(await brand.newest(3)).toMatchObject({ state: 'open', previous: closed!.id })
  })

  it('takes back what its source corrects, and leaves the case to its people', async () => {
    const judged = async () => (await brand.ctx.store.assessments.latest(await brand.id(1)))!.tier
    expect(await judged()).toBe('P0')
    voices[voices.indexOf(ANGRY)] = ['v1', 1, ANGRY[2], '修了三次，这回修好了，谢谢。']
    brand.write('voices.ndjson', voicesFile(voices))
    await brand.run('pull')
    expect(await brand.run('score')).toMatchObject({ more: { opened: 0, deferred: 0 } })
    expect(await judged()).not.toBe('P0')
    expect(await brand.newest(1)).toMatchObject({ state: 'open', tier: 'P0' })
  })

  it('goes on where a case was opened meanwhile or cannot be opened', async () => {
    brand.write('customers.csv', customersFile([5, 6, 7, 8].map((no) => [no, 'low'])))
    for (const no of [5, 6, 7, 8]) await hear([`w${no}`, no, '2026-06-02 07:40', '我要退订。'])
    const { ctx } = brand
    const { store } = ctx
    let asked = 0
    const meanwhile: typeof store.alerts.cases = async (...only) => {
      const before = await store.alerts.cases(...only)
      await judgeNow(ctx, await brand.id(7), 'ingest')
      for (const value of ['K8', 'K7']) {
        const both = customerRecord('both', {
          keys: [
            { kind: 'crm', value },
            { kind: 'app', value: 'x' },
          ],
        })
        await store.sources.store('crm', batchOf([both]), brand.clock.now())
      }
      await store.transaction(({ merges }) => merges.joinLinked(brand.clock.now()))
      return before
    }
    // The most urgent, K8, is one with K7 by now, who has a case; at the third the database fails once.
    const fails: typeof store.transaction = (work) => {
      asked += 1
      return asked === 3 ? Promise.reject(new Error('connection lost')) : store.transaction(work)
    }
    const unlucky = { ...store, transaction: fails, alerts: { ...store.alerts, cases: meanwhile } }
    const report = await score.run({ ...ctx, store: unlucky }, new AbortController().signal)
    expect(report).toMatchObject({ failed: 1, more: { opened: 1 } })
    expect(await Promise.all([5, 6, 7].map(async (no) => (await brand.newest(no))?.version))).toEqual([
      1,
      undefined,
      1,
    ])
  })

  it('says on its card and in the lists that a case is still open when the risk has fallen', async () => {
    // What made A-1001 was corrected; threats of others speak for a fortnight.
    brand.clock.advance(15 * DAY)
    await brand.run('score')
    const said = /A-1001 is still open, though the risk has since fallen to “very low” \(judged 2 Jun\)/
    const [card] = await brand.channel('alerts')
    expect(JSON.stringify(card!.card!.en)).toMatch(said)
    expect(card!.card!.en.subtitle).not.toContain('About to leave')
    const show = (await brand.say('lin', 'show K1')).en
    expect([show.subtitle, JSON.stringify(show.blocks)]).toEqual([
      'Risk: Very low',
      expect.stringMatching(/A-1001 is still open/),
    ])
    expect(JSON.stringify((await brand.say('lin', 'sla')).en)).toContain('"Claim (risk now very low)"')
    expect(JSON.stringify((await brand.say('lin', 'sla')).zh)).toContain('"认领（风险已降为低）"')
  })

  it('stopped before it judged anyone writes nothing', async () => {
    const before = await assessed()
    await expect(score.run(brand.ctx, AbortSignal.abort())).rejects.toThrow(/abort/i)
    expect(await assessed()).toEqual(before)
  })
})
