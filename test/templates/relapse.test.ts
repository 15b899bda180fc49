import { expect, test } from 'vitest'
import { briefCase, briefReason } from '../../templates/brief.ts'
import { caseReason } from '../../templates/relapse.ts'
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
