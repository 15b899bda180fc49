import { expect, test } from 'vitest'
import { briefCase, briefReason } from '../../templates/brief.ts'
import { caseReason, passedOnFrom } from '../../templates/relapse.ts'
import { alertIn, assessment, view } from './cases.ts'

test('a case of who never came back says so, in lists too, where their tier says that nothing is unusual', () => {
  const quiet = { ...assessment, tier: 'routine', reason: 'quiet', readings: [] } as const
  const relapse = alertIn('open', { trigger: 'relapse', assessment: quiet })
  const telling = {
    view: view('en'),
    money: { currency: 'CNY', features: new Set<string>() },
    maskNames: true,
    name: null,
  }
  expect(briefReason(quiet, telling)).toBe('Nothing unusual')
  expect(briefCase(relapse, telling)).toBe('The customer has not come back the way they usually would')
  expect(caseReason({ ...relapse, trigger: 'risk' }).en).toBe('Nothing unusual.')
  expect(caseReason({ ...relapse, assessment }).en).not.toMatch(/come back/)
})

test('who kept the customer and takes no more cases is named, and who is asked in their place', () => {
  const [left, asked] = [
    { zh: '林晓雯', en: 'Lin Xiaowen' },
    { zh: '周启航', en: 'Zhou Qihang' },
  ]
  expect(passedOnFrom(left, asked)).toEqual({
    zh: '林晓雯已不再跟进客户，这次请周启航跟进。',
    en: 'Lin Xiaowen no longer takes cases; Zhou Qihang is asked instead.',
  })
  expect(passedOnFrom({ zh: 'lin', en: 'lin' }, null).zh).toBe('lin 已不再跟进客户，请方便的同事认领。')
})
