import { describe, expect, it } from 'vitest'
import { parseId, parseKey, parsePhone } from '../../src/records/key.ts'

const key = (kind: string, words: string) => {
  const parsed = parseKey(kind, words)
  return 'value' in parsed ? parsed.value.value : parsed.reason
}

describe('parseKey', () => {
  it.each([
    ['phone', '138 0013 8000', '13800138000'],
    ['phone', '138-0013-8000', '13800138000'],
    ['phone', '+86 138 0013 8000', '13800138000'],
    ['phone', '0086-13800138000', '13800138000'],
    ['phone', '8613800138000', '13800138000'],
    ['phone', '１３８００１３８０００', '13800138000'],
    ['phone', '010-8888 8888', '01088888888'],
    ['phone', '+86 10 8888 8888', '01088888888'],
    ['phone', '400-820-8820', '4008208820'],
    ['phone', '(415) 555-2671', '4155552671'],
    ['phone', '+1 (415) 555-2671', '+14155552671'],
    ['email', ' Li.Na@Example.COM ', 'li.na@example.com'],
    ['vin', 'lsvaa4182e2184847', 'LSVAA4182E2184847'],
    ['vin', 'LSVAA 4182-E2184847', 'LSVAA4182E2184847'],
    ['crm', ' 00042 ', '00042'],
  ])('%s %s', (kind, words, value) => expect(key(kind, words)).toBe(value))

  it.each([
    ['phone', '138****8000', /is masked, so it names nobody/],
    ['phone', 'call me', /is not a phone number/],
    ['phone', '12', /is not a phone number/],
    ['email', 'li.na', /^email "li.na" is not an e-mail address/],
    ['crm', 'x'.repeat(201), /is longer than 200 characters/],
    ['crm', '王\ufffd', /was damaged by a wrong conversion/],
  ])('refuses %s %s', (kind, words, reason) => expect(key(kind, words)).toMatch(reason))

  it('names the kind', () => {
    expect(parseKey('phone', '13800138000')).toEqual({ value: { kind: 'phone', value: '13800138000' } })
  })
})

it('refuses an id nobody can see', () => {
  expect(parseId('id', '\u0000')).toMatchObject({ reason: 'id "\\u0000" has no character that can be seen' })
  expect(parsePhone('13800138000')).toEqual({ value: '13800138000' })
})
