import { expect, test } from 'vitest'
import { groupingsOf } from '../../src/modelling/fairness.ts'
import type { AttributeValue } from '../../src/records/record.ts'
import { shippedProfile } from '../features/shipped.ts'
import { factsOf } from '../timeline/random-rows.ts'

const auto = shippedProfile('auto')
const profile = {
  ...auto,
  attributes: {
    ...auto.attributes,
    income_band: { ...auto.attributes!['income_band']!, authorisedBy: 'agreed' },
  },
}

const groupsBy = (name: string, all: readonly Record<string, AttributeValue>[]) => {
  const facts = all.map((attributes, no) => factsOf(`${no}`, no, { attributes }))
  return groupingsOf(facts, profile).find(({ by }) => typeof by !== 'string' && by.en === name)?.groups
}

test('words name their group, numbers and days fall into parts of about one size', () => {
  expect(groupsBy('sex', [{ sex: 'f' }, { sex: 'm' }, {}])).toEqual(['f', 'm', null])
  const years = [1960, '1971-05-01', 1985, 1999, 1962, 1972, '1986', 2001]
  expect(groupsBy('year of birth', [...years.map((birth_year) => ({ birth_year })), {}])).toEqual([
    ...['1960–1962', '1971–1972', '1985–1986', '1999–2001'],
    ...['1960–1962', '1971–1972', '1985–1986', '1999–2001', null],
  ])
})

test('what needs an authorisation is unknown without it, and what may be scored with is not looked at', () => {
  const all = [{ income_band: 'high', agreed: true }, { income_band: 'high' }]
  expect(groupsBy('income band', all)).toEqual(['high', null])
  expect(groupsBy('what the car is used for', [{ usage: 'city' }])).toBeUndefined()
})
