import { expect, it } from 'vitest'
import { readKept, readOutcome, takeFields } from '../../commands/case/outcome.ts'
import { isExpected } from '../../src/errors.ts'

/** What typed words of an outcome mean: the form's value, its name, or the part of its Chinese name that only it has. */
const typed = (result: string, reason: string): string => {
  try {
    const outcome = readOutcome({ result, reason, action: '送了保养券' }, 'CNY')
    return `${outcome.result} ${outcome.reason}`
  } catch (error) {
    if (isExpected(error)) return error.explain('zh')
    throw error
  }
}

it.each([
  ['LOST', 'Price', 'lost price'],
  ['客户流失', '服务体验', 'lost service'],
  ['流失', '服务', 'lost service'],
  ['留下', '竞品', 'stays competitor'],
  ['其他', '其他', 'other other'],
  ['Other', 'moved away', 'other moved'],
])('%s, %s: %s', (result, reason, outcome) => {
  expect(typed(result, reason)).toBe(outcome)
})

it('what fits several or none says in the reader’s words what there is', () => {
  expect(typed('客户', '价格')).toContain('可选：客户留下（stays）、客户流失（lost）、其他（other）。')
  expect(typed('流失', '天气')).toContain('“天气”不是可选的真实原因')
  expect(typed('流失', '天气')).toContain('产品问题（product）、服务体验（service）、价格（price）')
  expect(typed('流失', '务')).toContain('不是可选的')
  expect(typed('', '价格')).toContain('还没选结果')
  expect(readKept({ note: '谈好了', reason: '价格' }, 'CNY')).toMatchObject({ reason: 'price' })
})

it.each([
  [
    '谈好了 reason:service gift:free-wash cost:280',
    { reason: 'service', entitlement: 'free-wash', cost: '280' },
  ],
  [
    '谈好了 reason：服务 gift：免费洗车 cost：￥280',
    { reason: '服务', entitlement: '免费洗车', cost: '￥280' },
  ],
  ['谈好了 cost: 280', { cost: '280' }],
  ['谈好了 Cost： ¥99.50', { cost: '¥99.50' }],
])('%s: what is typed beside the note', (line, fields) => {
  expect(takeFields(line)).toEqual({ rest: '谈好了', fields })
})

it('a sentence with a colon stays a note', () => {
  for (const note of ['the reason: he moved', 'at no cost: a free wash'])
    expect(takeFields(note)).toEqual({ rest: note, fields: {} })
})
