import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onePlace } from '../places.ts'
import { type Company, cellsOf, english, openCompany, QUIET_FROM } from './company.ts'

describe.each(onePlace)('the lexicon on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place, false)
  })
  afterAll(() => company.close())

  const say = async (line: string, person = 'ye') => english(await company.say(person, line))
  const rows = async (line: string) => cellsOf((await company.say('ye', line)).en)
  const hear = async (no: number, text: string) => {
    const [customer] = await company.ctx.store.customers.find(`K${no}`, 1)
    const at = company.clock.now()
    await company.ctx.store.heard.add({ customer: customer!, by: 'lin', request: text, at, text })
    company.clock.advance(1_000)
  }
  const tierOf = async (no: number) => {
    const [customer] = await company.ctx.store.customers.find(`K${no}`, 1)
    return (await company.ctx.store.alerts.current(customer!.id))?.tier ?? null
  }

  it('is for admins', async () => {
    expect(await say('lexicon', 'shen')).toContain('lexicon is for admins')
  })

  it('lists every word, a page at a time, or those like one', async () => {
    expect(await rows('lexicon')).toHaveLength(20)
    expect(await rows('lexicon list page 2')).toHaveLength(20)
    expect(await rows('lexicon list 退款')).toEqual([['退款', 'Wants to leave', 'Shipped']])
    expect(await rows('lexicon list 整句要')).toEqual([['整句要走', 'Wants to leave', 'Shipped']])
    expect(await say('lexicon list zzzz')).toContain('No word like that.')
    const next = (await company.say('ye', 'lexicon list 退')).en
    expect(next.subtitle).toMatch(/^“退” · \d+ in all$/)
  })

  it('shows what a sentence would hit, and why a word does not count', async () => {
    expect(await rows('lexicon test 我要退款，隔壁家更好')).toEqual([
      ['退款', '退款', 'Wants to leave', 'Grave', 'Yes'],
      ['隔壁家', '隔壁家', 'Names a competitor', 'Plain', 'Yes'],
    ])
    expect(await rows('lexicon test 我不想退款')).toEqual([
      ['退款', '退款', 'Wants to leave', 'Grave', 'No: said with a "not"'],
    ])
    expect((await rows('lexicon test 请问怎么取消闹钟'))[0]![4]).toMatch(/^No: /)
    expect((await rows('lexicon test 好的谢谢，再见'))[0]![4]).toBe('No: a polite goodbye')
    expect((await rows('lexicon test 请帮我把套餐停掉，下个月起不用了'))[0]).toEqual([
      '请帮我把套餐停掉，下个月起不用了',
      '整句要走',
      'Wants to leave',
      'Grave',
      'Yes: the whole sentence says it in other words',
    ])
    expect(await say('lexicon test 今天天气不错')).toMatch(/This would not count[\s\S]*No churn words in it/)
  })

  it('an added word counts from the next scoring on, whatever its spelling', async () => {
    const customer = QUIET_FROM + 1
    await hear(customer, '下回我去鲸鱼汽车看看')
    await company.run('score')
    expect(await tierOf(customer)).toBeNull()
    expect(await say('lexicon add strong 去鲸鱼汽车')).toContain('Added "去鲸鱼汽车" (Wants to leave)')
    expect(await rows('lexicon test 我去 鲸 鱼 汽 車')).toEqual([
      ['去 鲸 鱼 汽 車', '去鲸鱼汽车', 'Wants to leave', 'Grave', 'Yes'],
    ])
    expect((await rows('lexicon'))[0]).toEqual(['去鲸鱼汽车', 'Wants to leave', 'Added here'])
    await company.run('score')
    expect(await tierOf(customer)).toBe('P0')
  })

  it('a shipped word that was removed is off, and can be switched on again', async () => {
    const customer = QUIET_FROM + 3
    expect(await say('lexicon remove 黑店')).toContain('"黑店" no longer counts')
    expect(await rows('lexicon test 你们是黑店')).toEqual([])
    expect(await rows('lexicon list 黑店')).toEqual([['黑店', 'Very unhappy', 'Switched off']])
    await hear(customer, '你们是黑店')
    await company.run('score')
    const [found] = await company.ctx.store.customers.find(`K${customer}`, 1)
    const words = async () =>
      (await company.ctx.store.assessments.latest(found!.id))?.signals.includes('words') ?? false
    expect(await words()).toBe(false)
    expect(await say('lexicon remove 黑店')).toMatch(/switched off already[\s\S]*lexicon add/)
    expect(await say('lexicon add negative 黑店')).toContain('Added "黑店"')
    expect(await rows('lexicon list 黑店')).toEqual([['黑店', 'Very unhappy', 'Shipped']])
    await company.run('score')
    expect(await words()).toBe(true)
  })

  it('an added word that was removed is gone, and every change is in the history', async () => {
    expect(await say('lexicon remove 去鲸鱼汽车')).toContain('no longer counts')
    expect(await rows('lexicon list 鲸鱼')).toEqual([])
    const changes = await company.ctx.store.settings.changes('lexicon', 10)
    expect(changes).toHaveLength(4)
    expect(changes.at(-1)).toMatchObject({
      by: 'ye',
      before: null,
      after: [{ term: '去鲸鱼汽车', class: 'strong-churn' }],
    })
  })

  it.each([
    ['lexicon add strong 退 款', '"退款" is in the lexicon already (Wants to leave)', 'lexicon remove 退款'],
    ['lexicon add competitor 退款', '"退款" is in the lexicon already', 'To move it'],
    ['lexicon add strong 退', '"退" cannot be a word', 'needs 2 to 40'],
    ['lexicon add strong ！！！', 'cannot be a word', 'letters or digits'],
    [`lexicon add strong ${'长'.repeat(41)}`, 'cannot be a word', 'needs 2 to 40'],
    [`lexicon add strong ${'x'.repeat(500_000)}`, 'cannot be a word', 'needs 2 to 40'],
    ['lexicon add strong', 'Which word?', 'lexicon [list'],
    ['lexicon add', 'Which class, and which word?', 'lexicon add strong going elsewhere'],
    ['lexicon add storng 换一家店', 'There is no class "storng"', 'Did you mean lexicon add strong?'],
    ['lexicon remove 不存在的词', '"不存在的词" is not in the lexicon', 'lexicon list'],
    ['lexicon remove cancle', '"cancle" is not in the lexicon', 'Did you mean'],
    ['lexicon tset x', 'lexicon does not know "tset"', 'Did you mean lexicon test?'],
    ['lexicon test', 'Which sentence?', 'lexicon test'],
  ])('%.60s is refused', async (line, what, hint) => {
    const before = await company.ctx.store.settings.changes('lexicon', 50)
    const said = await say(line)
    expect(said).toContain(what)
    expect(said).toContain(hint)
    expect(said.length).toBeLessThan(500)
    expect(await company.ctx.store.settings.changes('lexicon', 50)).toEqual(before)
  })

  it('takes other names, a severity and a class of its own, which stays while it has words', async () => {
    expect(await say('lexicon class add fees 乱收费/Hidden fees as negative')).toContain(
      'New class "Hidden fees" (fees)',
    )
    expect(await say('lexicon add fees 月月多扣 = 暗扣, 私扣 severity 3')).toContain(
      'Added "月月多扣 = 暗扣, 私扣" (Hidden fees, severity 3)',
    )
    expect(await rows('lexicon test 又暗扣我钱')).toEqual([
      ['暗扣', '月月多扣', 'Hidden fees', 'Grave', 'Yes'],
    ])
    expect(await say('lexicon class remove fees')).toContain('There are still 1 words in "fees"')
    await say('lexicon remove 月月多扣')
    expect(await say('lexicon class remove fees')).toContain('The class "fees" is gone')
    expect(await say('lexicon add fees 月月多扣')).toContain('There is no class "fees"')
  })

  it('takes patterns, none of which can hang it, and says what is wrong with others', async () => {
    expect(await say('lexicon add competitor pattern:whale-?auto\\s*\\d+ severity 1')).toContain('Added')
    expect(await rows('lexicon test 我看了ＷＨＡＬＥ-auto 24')).toEqual([
      ['ＷＨＡＬＥ-auto 24', 'whale-?auto\\s*\\d+', 'Names a competitor', 'Mild', 'Yes'],
    ])
    expect(await say('lexicon add negative pattern:(a+)+$')).toContain('Added')
    expect(await rows(`lexicon test ${'a'.repeat(900)}!`)).toEqual([])
    expect(await say('lexicon add negative pattern:(?=退)款')).toMatch(/cannot be used[\s\S]*Look-ahead/)
    expect(await say('lexicon add negative pattern:(退款')).toMatch(/cannot be used[\s\S]*brackets/)
    expect(await say('lexicon add negative pattern:退款*|x*')).toContain('matches nothing at all')
    for (const named of ['whale-?auto\\s*\\d+', '(a+)+$'])
      expect(await say(`lexicon remove ${named}`)).toContain('no longer counts')
  })

  it('takes 500 additions and not one more', async () => {
    const many = Array.from({ length: 500 }, (_, at) => ({ term: `词条${at}号`, class: 'competitor' }))
    await company.ctx.store.settings.set('lexicon', many, 'ye', company.clock.now())
    expect(await say('lexicon add strong 再来一个')).toContain('At most 500 words can be added')
    expect(await say('lexicon remove 词条7号')).toContain('no longer counts')
    expect(await say('lexicon add strong 再来一个')).toContain('Added')
  })
})
