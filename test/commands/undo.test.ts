import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onePlace } from '../places.ts'
import { type Company, english, openCompany } from './company.ts'

describe.each(onePlace)('undo and reassign on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place)
  })
  afterAll(() => company.close())

  const say = async (person: string, line: string) => english(await company.say(person, line))
  const alert = async (no: number) => (await company.ctx.store.alerts.byNo(no))!
  /** Everything about a case but how often it changed. */
  const standing = async (no: number) => {
    const { version: _, due, ...rest } = await alert(no)
    const timers = await company.ctx.store.timers.due(new Date('2030-01-01'))
    const its = timers
      .filter((timer) => timer.alert === rest.id)
      .map(({ kind, dueAt }) => `${kind} ${dueAt.toISOString()}`)
    return { ...rest, due, timers: its.sort() }
  }

  it.each([
    ['claim A-1001', 1001],
    ['contacted A-1002', 1002],
    ['retained A-1003 谈好了', 1003],
    ['resolve A-1004 lost price 打过电话', 1004],
    ['resolve A-1005 stays service 返修', 1005],
    ['snooze A-1006 3d', 1006],
    ['dismiss A-1007 每年都这样', 1007],
    ['reassign A-1008 zhou', 1008],
  ])('%s is taken back as if it had not been', async (line, no) => {
    const before = await standing(no)
    await say('lin', line)
    expect(await standing(no)).not.toEqual(before)
    expect(await say('lin', `undo A-${no}`)).toContain(`A-${no}: undone`)
    expect(await standing(no)).toEqual(before)
    const actions = await company.ctx.store.alerts.actions(before.id)
    expect(actions.at(-1)).toMatchObject({ verb: 'undo', by: 'lin', to: before.state })
    expect(await say('lin', `undo A-${no}`)).toContain('no recent action of yours')
  })

  it('without a number takes back what I did last, also from the middle of a case', async () => {
    await say('lin', 'claim A-1009')
    const claimed = await standing(1009)
    await say('lin', 'contacted A-1009')
    expect(await say('lin', 'undo')).toContain('A-1009: undone')
    expect(await standing(1009)).toEqual(claimed)
    expect(await say('zhou', 'undo')).toContain('nothing to undo')
  })

  it('is only for who did it, and only while nothing has followed', async () => {
    await say('lin', 'claim A-1010')
    expect(await say('zhou', 'undo A-1010')).toContain('Someone else made the last move')
    await say('shen', 'contacted A-1010')
    expect(await say('lin', 'undo A-1010')).toContain('Someone else made the last move')
    expect(await alert(1010)).toMatchObject({ state: 'contacted', owner: 'lin' })
  })

  it('the same request takes back once', async () => {
    await say('lin', 'claim A-1011')
    await company.say('lin', 'undo A-1011', 'undo-once')
    await say('lin', 'claim A-1011')
    await company.say('lin', 'undo A-1011', 'undo-once')
    expect(await alert(1011)).toMatchObject({ state: 'claimed' })
  })

  it('ends after its seconds', async () => {
    await say('lin', 'claim A-1012')
    company.clock.advance(61_000)
    expect(await say('lin', 'undo A-1012')).toContain('can be undone for 60 seconds')
    expect(await alert(1012)).toMatchObject({ state: 'claimed' })
  })

  it('leaves a case closed once the customer has the next one', async () => {
    const closed = await company.caseOf(2)
    await say('shen', `resolve A-${closed.no} lost price 打过电话`)
    company.clock.advance(10_000)
    await say('lin', 'heard K2 我要退款，再也不来了')
    const next = await company.caseOf(2)
    expect(next.no).not.toBe(closed.no)
    expect(await say('shen', `undo A-${closed.no}`)).toContain('Something has happened to it since')
    expect(await alert(closed.no)).toMatchObject({ state: 'resolved' })
    expect(await company.caseOf(2)).toEqual(next)
  })

  it('hands a case to a colleague by id or name, with a word', async () => {
    expect(await say('lin', 'reassign A-1012 @周启航 下午再打')).toContain(
      'A-1012 now belongs to Zhou Qihang',
    )
    expect(await alert(1012)).toMatchObject({ owner: 'zhou', state: 'claimed' })
    expect(await say('lin', 'reassign A-1012 lin')).toContain('belongs to Zhou Qihang')
    expect(await say('shen', 'reassign A-1012 Qihang')).toContain('already belongs to Zhou Qihang')
    expect(await say('shen', 'reassign A-1012 lin')).toContain('A-1012 now belongs to Lin Xiaowen')
    expect(await say('lin', 'reassign A-1013 zhou')).toContain('A-1013 now belongs to Zhou Qihang')
    expect(await alert(1013)).toMatchObject({ owner: 'zhou', state: 'claimed' })
  })

  it('offers everyone but whoever has the case', async () => {
    const offered = async (no: number) => {
      const asked = { person: 'shen', channel: 'alerts', thread: null, line: `reassign A-${no}` }
      const { form } = await company.desk.say({ ...asked, request: `whom-${no}` })
      const [field] = form!.form.en.fields
      return field?.kind === 'select' ? field.options.map(({ value }) => value) : []
    }
    expect(await offered(1015)).toEqual(['lin', 'zhou', 'shen', 'ye'])
    await say('shen', 'reassign A-1016 zhou')
    expect(await offered(1016)).toEqual(['lin', 'shen', 'ye'])
    expect(await say('shen', 'reassign A-1016 nobody')).toContain('Write one of lin, shen, ye.')
  })

  it.each([
    ['reassign A-1014 nobody', 'Nobody called "nobody" can take a case', 'Write one of lin, zhou'],
    ['reassign A-1014 zhuo', 'Nobody called "zhuo"', 'Did you mean zhou?'],
    ['reassign A-1014 vera', 'Nobody called "vera" can take a case', ''],
    ['reassign', 'Which case?', 'reassign A-1042 PERSON'],
    ['reassign A-9999 lin', 'There is no case A-9999', ''],
    ['undo zzz', '"zzz" is not a case number', 'undo [A-1042]'],
    ['undo A-9999', 'There is no case A-9999', ''],
    ['undo A-1014', 'no recent action of yours', ''],
  ])('%s is refused: %s', async (line, what, hint) => {
    const said = await say('lin', line)
    expect(said).toContain(what)
    expect(said).toContain(hint)
    expect(await alert(1014)).toMatchObject({ state: 'open' })
  })
})
