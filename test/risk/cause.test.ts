import { expect, test } from 'vitest'
import type { Cause } from '../../src/risk/assessment.ts'
import { causeOf } from '../../src/risk/cause.ts'
import { coldStartSignals } from '../../src/signals/index.ts'
import { customerWith, lexicon, mood, profile } from '../signals/customer.ts'

const signals = coldStartSignals(profile, lexicon, 'UTC', 14, { mood })

test.each<[string, Cause]>([
  // Moved, or too far away.
  ['我们搬家了，套餐退了吧', 'moved'],
  ['公司调我去成都了，这边的套餐还能在当地用吗？', 'moved'],
  ['最近搬到苏州，附近有你们的店吗？', 'moved'],
  ['你们店太远了，来一趟一个多小时', 'moved'],
  ['新房离你们店太远，以后不去了', 'moved'],
  ['离家太远，不续了', 'moved'],
  ['服务一直很好，谢谢，可惜我们要搬去深圳了', 'moved'],
  ['We moved to Berlin in May, please cancel', 'moved'],
  ["I'm moving to New York next week", 'moved'],
  ['we have just moved to a new city', 'moved'],
  ["I've been transferred to Chengdu. Can I use my plan there?", 'moved'],
  ['Your shop is too far away since we moved house', 'moved'],
  ['It is too far from my home, I want to cancel', 'moved'],
  ['Great service, thanks for everything, but we are moving to Munich', 'moved'],
  // What only sounds like it.
  ['We are moving to HubSpot next month, cancel our account', 'competitor'],
  ['We are moving to Salesforce, please cancel our contract', 'competitor'],
  ['We are moving on. Cancel the contract.', 'unknown'],
  ['You have gone too far this time, the staff was rude', 'service'],
  ['服务比以前差太远了，没人管，我要退款', 'service'],
  ['差太远了，我要退款', 'unknown'],
  ['We moved our appointment to Friday, the staff was rude', 'service'],
  ['We moved the data to your new platform and it keeps failing', 'product'],
  ['I was transferred to five different agents, nobody helped. Refund.', 'unknown'],
  ['我们把数据搬到新系统了，客服没人理', 'service'],
  ['空调调到最低还是不凉，修了三次没修好', 'product'],
  ['The quality is too far from what was promised', 'product'],
  // To somebody else.
  ['We are switching to another provider', 'competitor'],
  ['我要换一家供应商', 'competitor'],
  ['我要解约，换别家', 'competitor'],
  ['I am taking my business elsewhere', 'competitor'],
  ['态度太差，没人管，我要换一家', 'service'],
  ['涨价太多，换一家', 'price'],
  ['We are switching to Premium, please cancel the old plan', 'unknown'],
  // Who is content has no complaint.
  ['thanks, the service was great', 'unknown'],
  ['服务态度非常好，很满意', 'unknown'],
  ['the service was terrible', 'service'],
])('%s: %s', (words, cause) => {
  const history = customerWith({ says: [[1, words]] })
  const readings = signals.flatMap((signal) => signal.read(history) ?? [])
  expect(causeOf(readings, history, profile, mood)).toBe(cause)
})

test.each<[string, boolean | undefined, Cause]>([
  ['told with their consent', true, 'competitor'],
  ['told without it', undefined, 'unknown'],
  ['told against their will', false, 'unknown'],
])('what others tell of a customer, %s', (_, consent, cause) => {
  const attributes = consent === undefined ? {} : { third_party_authorised: consent }
  // Longer ago than the rule looks, so that it is not the rule that says so.
  const history = customerWith({ events: { competitor_traced: [45] }, facts: { attributes } })
  expect(causeOf([], history, profile, mood)).toBe(cause)
})
