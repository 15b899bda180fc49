import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onePlace } from '../places.ts'
import { type Company, openCompany } from './company.ts'

describe.each(onePlace)('model, train and promote on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place)
  })
  afterAll(() => company.close())

  it('says that rules stand, and how to change that', async () => {
    const { zh, en } = await company.say('shen', 'model')
    expect(zh.title).toBe('目前只用规则判断')
    expect(JSON.stringify(en)).toContain('Type train to learn one from your own history.')
  })

  it('begins a training, and says why nothing can be learned yet', async () => {
    expect((await company.say('ye', 'train')).zh.title).toBe('开始训练了')
    const notice = await company.ctx.models.train('ye')
    expect(notice.kind).toBe('model-not-yet')
    expect(JSON.stringify(notice.data)).toContain('按规则评分')
  })

  it.each([
    ['promote', '没写启用哪个模型'],
    ['promote 三号', '不是模型编号'],
    ['promote M-7', '没有模型 M-7'],
    ['promote back', '还没有启用过模型'],
    ['train now', 'train 后面不用写别的'],
    ['model nonsense', '看不懂'],
  ])('%s: one clear sentence', async (line, words) => {
    expect(JSON.stringify(await company.say('ye', line))).toContain(words)
  })

  it('takes rules for an answer where rules stand already', async () => {
    const { en } = await company.say('ye', 'promote rules')
    expect(en.title).toBe('Rules judge alone already')
    expect(await company.ctx.store.settings.changes('model', 9)).toEqual([])
  })

  it('is for admins; managers may look', async () => {
    for (const line of ['train', 'promote M-1'])
      expect(JSON.stringify(await company.say('lin', line))).toMatch(/管理员/)
  })
})
