import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOUR } from '../../src/clock.ts'
import { scoringTerms } from '../../src/judging/terms.ts'
import { onePlace } from '../places.ts'
import { type Company, english, openCompany, QUIET_FROM } from './company.ts'

const QUIET = QUIET_FROM + 1

describe.each(onePlace)('what was overheard, on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place)
  })
  afterAll(() => company.close())

  /** The private answer: a card that the words caused may come after it. */
  const say = async (line: string, person = 'lin', request?: string) => {
    await company.say(person, line, request)
    const asked = { channel: 'alerts', reader: person, before: null, limit: 4 }
    const { messages } = await company.ctx.store.console.list(asked)
    return english(messages.findLast(({ onlyFor, card }) => onlyFor === person && card !== null)!.card!)
  }
  const idOf = async (no: number) => (await company.ctx.store.customers.find(`K${no}`, 1))[0]!.id
  const voicesOf = async (no: number) => {
    const id = await idOf(no)
    const all = await company.ctx.store.timeline.voices(new Date('2026-01-01'), new Date('2027-01-01'))
    return all.filter(({ customer }) => customer === id)
  }

  it('of someone about to leave opens the case at once, and says what was understood', async () => {
    const before = (await company.channel('alerts')).filter(({ onlyFor }) => onlyFor === null).length
    const said = await say(`heard K${QUIET} 我受够了，马上退款，下次换一家！`, 'lin', 'overheard-1')
    const alert = await company.caseOf(QUIET)
    expect(said).toContain(`Opened A-${alert.no} (P0); its card is out.`)
    expect(said).toContain('"Very unhappy"')
    expect(said).toContain('["换一家","换一家","Wants to leave","Grave","Yes"]')
    expect(alert).toMatchObject({ tier: 'P0', state: 'open' })
    const cards = (await company.channel('alerts')).filter(({ onlyFor }) => onlyFor === null)
    expect(cards).toHaveLength(before + 1)
    expect(JSON.stringify((await company.cardOf(QUIET)).card!.zh)).toContain('同事转述')
  })

  it('the same request twice acts once, also after a restart has forgotten the answer', async () => {
    const alert = await company.caseOf(QUIET)
    const line = `heard K${QUIET} 我受够了，马上退款，下次换一家！`
    await say(line, 'lin', 'overheard-1')
    await company.ctx.store.heard.add({
      customer: { id: await idOf(QUIET), site: null, product: null },
      by: 'lin',
      request: 'overheard-1',
      at: company.clock.now(),
      text: 'again',
    })
    expect(await voicesOf(QUIET)).toHaveLength(1)
    expect((await company.caseOf(QUIET)).version).toBe(alert.version)
    const { no } = (await company.ctx.store.customers.find(`K${QUIET}`, 1))[0]!
    const noted = await company.ctx.store.settings.changes(`heard C-${no}`, 9)
    expect(noted.map(({ by }) => by)).toEqual(['lin'])
  })

  it('is ranked at once, and the night comes to the same verdict', async () => {
    const { no } = (await company.ctx.store.customers.find(`K${QUIET}`, 1))[0]!
    expect(await say('top 1')).toContain(`C-${no} `)
    company.clock.advance(1)
    const night = await company.ctx.scorer.assess(company.clock.now(), await scoringTerms(company.ctx))
    const ids = night.assessments.map(({ customer }) => customer)
    const terms = await scoringTerms(company.ctx)
    const { assessments: some } = await company.ctx.scorer.assessSome(ids, company.clock.now(), terms)
    for (const each of night.assessments) expect(some.get(each.customer)).toEqual(each)
    expect(await company.run('score')).toMatchObject({ more: { opened: 0 } })
    expect((await company.caseOf(QUIET)).version).toBe(1)
  })

  it('is taken for the customer’s own word, as the hint writes it: “she said ...” quotes nobody else', async () => {
    const no = QUIET + 3
    const said = await say(`heard K${no} 她说下次换一家`)
    expect(said).toContain('["换一家","换一家","Wants to leave","Grave","Yes"]')
    expect(said).toContain(`Opened A-${(await company.caseOf(no)).no} (P1)`)
    // As it was passed on, not as it was read.
    expect((await voicesOf(no)).map(({ text }) => text)).toEqual(['她说下次换一家'])
    expect(JSON.stringify((await company.cardOf(no)).card!.zh)).toContain('她说下次换一家')
  })

  it('of little weight opens nothing and says so', async () => {
    expect(await say(`heard K${QUIET + 1} 他问周末几点关门`)).toMatch(
      /Not enough for a case[\s\S]*No churn words in it/,
    )
    expect(await say(`heard K${QUIET + 1}：他说不想退款，只是问问`)).toContain('No: said with a')
    expect(await company.ctx.store.alerts.ofCustomer(await idOf(QUIET + 1))).toEqual([])
  })

  it('about an open case leaves it, or raises it', async () => {
    const { no, tier } = await company.caseOf(2)
    expect(tier).toBe('P1')
    expect(await say(`heard A-${no} 又说了一次要退款`)).toContain(`A-${no} is open already; its tier stays.`)
    const quiet = await idOf(QUIET + 2)
    expect(await say(`heard K${QUIET + 2} 隔壁家便宜`)).toMatch(/Not enough for a case; on the watch list/)
    expect(await company.ctx.store.alerts.current(quiet)).toBeNull()
  })

  it('of somebody on watch opens a new case at once where they slip, and is the follow-up’s where they do not', async () => {
    await company.pressed('lin', 7, 'retained', { note: '换了总成' })
    const watched = await company.caseOf(7)
    company.clock.advance(60_000)
    expect(await say('heard K7 说师傅很专业')).toContain(`A-${watched.no} is on watch`)
    company.clock.advance(60_000)
    const said = await say('heard K7 又坏了，马上退款')
    const { no, tier, previous, assignee } = await company.caseOf(7)
    expect(said).toContain(`Back at risk during the watch: opened A-${no} (P0); its card is out.`)
    expect({ tier, previous, assignee }).toEqual({ tier: 'P0', previous: watched.id, assignee: 'lin' })
    expect((await company.ctx.store.alerts.get(watched.id))!.state).toBe('relapsed')
    // The daily look finds nothing left to do for them.
    expect(await company.run('follow-up')).toMatchObject({ seen: 0 })
  })

  it('keeps who passed it on', async () => {
    await say('heard “客户9” 说服务还不错', 'zhou', 'overheard-9')
    const rows = await company.ctx.store.timeline.voices(
      new Date('2026-05-31T22:00:00Z'),
      new Date('2027-01-01'),
    )
    expect(rows.filter(({ channel }) => channel === 'heard').length).toBeGreaterThan(3)
    expect((await voicesOf(9)).map(({ text }) => text)).toContain('说服务还不错')
  })

  it.each([
    ['heard', 'Which customer, and what did they say?', 'heard C-123'],
    ['heard K5', 'What did they say?', 'heard C-123'],
    ['heard K5 ！！。。', 'What did they say?', 'heard C-123'],
    ['heard 不存在 要退款', 'No customer fits "不存在"', 'Use C-123'],
    ['heard A-999999 要退款', 'There is no case A-999999', 'mine'],
    ['heard 王芳 要退款', 'Several customers fit "王芳"', 'Use one of these numbers'],
    [`heard K5 ${'很'.repeat(1_001)}`, 'That is too long; at most 1000', 'few sentences'],
    [`heard K5 ${'x'.repeat(1_000_000)}`, 'That is too long; at most 1000', 'few sentences'],
  ])('%.40s is refused', async (line, what, hint) => {
    const count = (await voicesOf(5)).length
    const said = await say(line)
    expect(said).toContain(what)
    expect(said).toContain(hint)
    expect(said.length).toBeLessThan(400)
    expect(await voicesOf(5)).toHaveLength(count)
  })

  it.each([
    ['NUL and controls', 'heard K6 还\u0000行\u0007吧', '还行吧'],
    ['emoji', 'heard K6 👨‍👩‍👧‍👦 很满意 👍', '👨‍👩‍👧‍👦 很满意 👍'],
    ['half a surrogate pair', 'heard K6 还可以\ud83d', '还可以\ufffd'],
    ['SQL', "heard K6 '); DROP TABLE feedback;--", "'); DROP TABLE feedback;--"],
    ['as many as are allowed', `heard K6 ${'好'.repeat(1_000)}`, '好'.repeat(1_000)],
  ])('takes %s', async (_, line, kept) => {
    expect(await say(line)).toMatch(/^Noted: 客户6/)
    expect((await voicesOf(6)).map(({ text }) => text)).toContain(kept)
  })

  it('waits for a day with room where the team has its day’s work, and says so; a P0 does not wait', async () => {
    const { settings, assessments } = company.ctx.store
    await settings.set('capacity.daily', 1, 'ye', company.clock.now())
    expect(await say(`heard K${QUIET - 1} 她说下次换一家`)).toContain(
      'Enough for a case (P1), but today is full: it waits for the next scoring.',
    )
    const { id, no } = (await company.ctx.store.customers.find(`K${QUIET - 1}`, 1))[0]!
    expect(await company.ctx.store.alerts.current(id)).toBeNull()
    expect((await assessments.runs(1))[0]!.deferred).toEqual([no])
    expect(await say(`heard K${QUIET + 2} 马上退款！`)).toContain('(P0); its card is out.')
    await settings.set('capacity.daily', 50, 'ye', company.clock.now())
    company.clock.advance(60_000)
    expect(await company.run('score')).toMatchObject({ more: { opened: 1, deferred: 0 } })
  })

  it('is for those who work cases', async () => {
    expect(await say('heard K5 要退款', 'vera')).toContain('heard is for CSMs')
  })

  it('is what the data reaches to, wherever it is quoted', async () => {
    const heard = QUIET + 2
    const others = JSON.stringify((await company.cardOf(2)).card!.en)
    expect(others).toContain('Data up to 31 May 21:14')
    company.clock.advance(5 * HOUR)
    await say(`claim A-${(await company.caseOf(heard)).no}`)
    const card = JSON.stringify((await company.cardOf(heard)).card!.en)
    const [, quoted] = /"Overheard · (1 Jun 06:0\d GMT\+8)"/.exec(card)!
    expect(card).toContain(`Data up to ${quoted}.`)
    expect(await say(`show K${heard}`)).toContain('Data is 5 h old.')
  })
})
