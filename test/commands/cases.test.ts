import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onePlace } from '../places.ts'
import { type Company, english, NOW, openCompany } from './company.ts'

const OUTCOME = {
  result: 'lost',
  reason: 'competitor',
  action: '道歉，仍去了别家',
  entitlement: '',
  cost: '280.50',
  reply: '算了',
}

describe.each(onePlace)('working a case on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place)
  })
  afterAll(() => company.close())

  const say = async (person: string, line: string, request?: string) =>
    english(await company.say(person, line, request))

  describe('typed', () => {
    it('goes the whole way: claim, contacted, retained', async () => {
      const { no } = await company.caseOf(1)
      expect(await say('lin', `claim A-${no}`)).toContain(`A-${no} is yours`)
      expect(await say('lin', `contacted a${no} 电话里聊了十分钟`)).toContain(`A-${no}: contact noted`)
      expect(await say('lin', `retained ${no} 更换总成`)).toContain(`A-${no} is on watch`)
      const alert = await company.caseOf(1)
      expect(alert).toMatchObject({ state: 'watch', owner: 'lin' })
      const actions = await company.ctx.store.alerts.actions(alert.id)
      expect(actions.map(({ verb, by, note, via }) => [verb, by, note, via]).slice(1)).toEqual([
        ['claim', 'lin', '', 'console/alerts'],
        ['contacted', 'lin', '电话里聊了十分钟', 'console/alerts'],
        ['retained', 'lin', '更换总成', 'console/alerts'],
      ])
    })

    it.each(['claim', 'contacted', 'retained', 'resolve', 'snooze', 'dismiss'])(
      '%s without, with a wrong and with an unknown number',
      async (verb) => {
        expect(await say('lin', verb)).toMatch(/^Which case\?/)
        expect(await say('lin', `${verb} 王芳`)).toContain('"王芳" is not a case number')
        expect(await say('lin', `${verb} A-1001x`)).toContain('is not a case number')
        expect(await say('lin', `${verb} 9999999999999`)).toContain('is not a case number')
        expect(await say('lin', `${verb} A-999999`)).toContain('There is no case A-999999')
      },
    )

    it('refuses people without the role, with the role they would need', async () => {
      const { no } = await company.caseOf(2)
      for (const verb of ['claim', 'contacted', 'retained', 'resolve', 'snooze', 'dismiss', 'mine']) {
        expect(await say('vera', `${verb} A-${no}`), verb).toContain(
          `${verb} is for CSMs, and Vera is not one of them`,
        )
      }
      expect(await company.caseOf(2)).toMatchObject({ state: 'open', version: 1 })
    })

    it('outcomes are read from words in their order', async () => {
      const { no } = await company.caseOf(3)
      expect(await say('lin', `resolve A-${no} perhaps`)).toContain('"perhaps" is not a result')
      expect(await say('lin', `resolve A-${no} lost`)).toContain('The real reason is missing')
      expect(await say('lin', `resolve A-${no} lost weather 下雨`)).toContain(
        '"weather" is not a real reason',
      )
      expect(await say('lin', `resolve A-${no} lost price`)).toContain('What was done is missing')
      expect(await say('lin', `resolve A-${no} LOST Price 送了  保养券`)).toContain(`A-${no} is closed`)
      expect(await company.caseOf(3)).toMatchObject({
        state: 'resolved',
        outcome: { result: 'lost', reason: 'price', action: '送了 保养券' },
      })
      expect(await say('lin', `claim A-${no}`)).toContain(`A-${no} is over`)
    })
  })

  describe('pressed', () => {
    it('has one owner; whoever comes later is told who, and a manager may help', async () => {
      expect(await company.pressed('lin', 4, 'claim')).toContain('is yours')
      const { no } = await company.caseOf(4)
      expect(await company.pressed('zhou', 4, 'claim')).toContain(`A-${no} is already claimed by Lin Xiaowen`)
      expect(await company.pressed('lin', 4, 'claim')).toMatch(/claimed by you\n.*Best time/s)
      expect(await company.pressed('zhou', 4, 'contacted')).toContain(`A-${no} belongs to Lin Xiaowen`)
      expect(await company.pressed('shen', 4, 'contacted')).toContain('contact noted')
      expect(await company.caseOf(4)).toMatchObject({ state: 'contacted', owner: 'lin' })
    })

    it('asks for what a verb needs before anything happens, but not where the case would refuse it', async () => {
      for (const verb of ['resolve', 'snooze', 'dismiss'])
        expect(await company.pressed('lin', 5, verb)).toBe('a form')
      expect(await company.caseOf(5)).toMatchObject({ state: 'open', version: 1 })
      const { form } = await company.desk.say({
        person: 'lin',
        channel: 'alerts',
        thread: null,
        line: `resolve A-${(await company.caseOf(5)).no}`,
        request: 'form-1',
      })
      expect(form).toMatchObject({
        command: 'resolve',
        form: { zh: { title: '写结果' }, en: { title: 'Write the outcome' } },
      })
      await company.pressed('zhou', 5, 'claim')
      expect(await company.pressed('lin', 5, 'resolve')).toContain('belongs to Zhou Qihang')
      expect(await company.pressed('vera', 5, 'dismiss')).toContain('is for CSMs')
    })

    it.each([
      [{ result: '' }, 'The result is missing. Choose one of: stays, lost, other.'],
      [{ result: 'gone' }, '"gone" is not a result.'],
      [{ reason: '' }, 'The real reason is missing.'],
      [{ action: '   ' }, 'What was done is missing. One line is enough'],
      [{ cost: 'abc' }, 'The cost "abc" is not an amount. Give 0 or a positive amount such as 280 or 99.50.'],
      [{ cost: '-1' }, 'The cost "-1" is not an amount.'],
      [{ cost: '1e9' }, 'The cost "1e9" is not an amount.'],
      [{ cost: '1.005' }, 'The cost "1.005" is not an amount.'],
      [{ cost: '9'.repeat(30) }, 'is not an amount.'],
      [{ cost: 'USD 5' }, 'is not an amount.'],
    ])('a form with %j changes nothing and says what to fill in', async (wrong, expected) => {
      expect(await company.pressed('lin', 6, 'resolve', { ...OUTCOME, ...wrong })).toContain(expected)
      expect(await company.caseOf(6)).toMatchObject({ state: 'open', version: 1 })
    })

    it('a form with a field too few is refused, with a field too many is taken', async () => {
      const { action: _, ...missing } = OUTCOME
      expect(await company.pressed('lin', 6, 'resolve', missing)).toContain('What was done is missing')
      expect(
        await company.pressed('lin', 6, 'resolve', { ...OUTCOME, __proto__: 'x', extra: 'y' } as Record<
          string,
          string
        >),
      ).toContain('is closed')
      expect((await company.caseOf(6)).outcome).toEqual({ ...OUTCOME, cost: undefined, costMinor: 28_050 })
    })

    it('keeps a thousand characters of a megabyte, and nothing a database chokes on', async () => {
      const long = `\u0000\ud800${'说'.repeat(1_000_000)}`
      expect(await company.pressed('lin', 7, 'resolve', { ...OUTCOME, action: long, reply: long })).toContain(
        'is closed',
      )
      const { outcome } = await company.caseOf(7)
      expect([outcome!.action.length, outcome!.reply.length]).toEqual([1_000, 1_000])
      expect(outcome!.action.endsWith('说…')).toBe(true)
      expect(await company.pressed('lin', 8, 'retained', { note: long })).toContain('is on watch')
      const actions = await company.ctx.store.alerts.actions((await company.caseOf(8)).id)
      expect(actions.at(-1)!.note).toHaveLength(1_000)
    })

    it('"stays" begins the watch as "retained" does, and keeps the outcome', async () => {
      expect(await company.pressed('lin', 9, 'resolve', { ...OUTCOME, result: 'stays' })).toContain(
        'is on watch',
      )
      expect(await company.caseOf(9)).toMatchObject({
        state: 'watch',
        closedAt: null,
        outcome: { result: 'stays' },
      })
    })

    it('dismissing needs a reason, and closes', async () => {
      expect(await company.pressed('lin', 10, 'dismiss', { reason: '  ' })).toBe('a form')
      expect(await company.pressed('lin', 10, 'dismiss', { reason: '出国了' })).toContain('not a risk')
      expect(await company.caseOf(10)).toMatchObject({ state: 'dismissed', closedAt: new Date(NOW) })
    })

    it('the same request acts once, however often it arrives', async () => {
      const first = await company.pressed('lin', 11, 'claim', undefined, 'lost-answer')
      expect(await company.pressed('lin', 11, 'claim', undefined, 'lost-answer')).toBe(first)
      // After a restart nobody remembers the answer, but the case remembers the request.
      const again = {
        person: 'lin',
        channel: 'alerts',
        message: (await company.cardOf(11)).id,
        command: 'claim',
        args: '',
      }
      const { note } = await company.desk.press({ ...again, form: null, request: 'lost-answer' })
      expect(note!.en.title).toContain('is yours')
      const { no } = await company.caseOf(12)
      await say('lin', `claim A-${no}`, 'typed-once')
      await say('lin', `claim A-${no}`, 'typed-once')
      for (const customer of [11, 12]) {
        const { id, version } = await company.caseOf(customer)
        expect(version).toBe(2)
        expect(await company.ctx.store.alerts.actions(id)).toHaveLength(2)
      }
      expect((await company.channel('alerts')).filter(({ line }) => line === `claim A-${no}`)).toHaveLength(0)
      const { messages } = await company.ctx.store.console.list({
        channel: 'alerts',
        reader: 'lin',
        before: null,
        limit: 500,
      })
      expect(messages.filter(({ line }) => line === `claim A-${no}`)).toHaveLength(1)
    })

    it('twenty people at once make one owner and nineteen polite answers', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          company.pressed(index % 2 === 0 ? 'lin' : 'zhou', 13, 'claim'),
        ),
      )
      expect(answers.filter((each) => each.includes('is yours'))).toHaveLength(1)
      expect(answers.filter((each) => each.includes('already claimed by'))).toHaveLength(19)
      expect(await company.caseOf(13)).toMatchObject({ version: 2 })
    })

    it('what the button says of its case is not trusted', async () => {
      const [mine, other] = [await company.cardOf(14), await company.caseOf(15)]
      await company.desk.press({
        person: 'lin',
        channel: 'alerts',
        message: mine.id,
        command: 'claim',
        args: `A-${other.no}`,
        form: null,
        request: 'forged',
      })
      expect((await company.caseOf(14)).owner).toBe('lin')
      expect((await company.caseOf(15)).owner).toBeNull()
    })

    it('refuses people, channels and commands that do not exist', async () => {
      const press = { channel: 'alerts', message: (await company.cardOf(15)).id, args: '', form: null }
      const ask = (more: object) =>
        company.desk.press({
          person: 'lin',
          command: 'claim',
          request: JSON.stringify(more),
          ...press,
          ...more,
        })
      await expect(ask({ person: 'nobody' })).rejects.toThrow('"nobody" is not one of the people')
      await expect(ask({ channel: 'none' })).rejects.toThrow('There is no channel "none"')
      await expect(ask({ command: 'clam' })).rejects.toThrow('There is no command "clam"')
    })
  })

  it('snoozing shows until when, in the zone of who asked, and is not done twice', async () => {
    const { no } = await company.caseOf(16)
    // 06:00 on 1 June in Shanghai is still 31 May in New York: tomorrow differs.
    expect(await say('zhou', `snooze A-${no} 明天`)).toContain(`A-${no} is snoozed`)
    const until = new Date('2026-06-01T09:00:00-04:00')
    expect(await company.caseOf(16)).toMatchObject({ state: 'snoozed', snoozedUntil: until, owner: null })
    expect(await company.pressed('zhou', 16, 'snooze', { for: '2h' })).toContain('cannot be')
    expect(await company.pressed('lin', 18, 'snooze', { for: 'x'.repeat(5_000) })).toContain('is not a time')
    expect(await company.caseOf(18)).toMatchObject({ state: 'open', version: 1 })
  })
})
