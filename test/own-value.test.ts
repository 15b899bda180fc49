import { expect, test } from 'vitest'
import { ownValue } from '../src/own-value.ts'

test('what every object has of its own is under no key that somebody types', () => {
  const table = { store: 'site', 门店: 'site' }
  expect(['store', '门店', 'shop'].map((key) => ownValue<string>(table, key))).toEqual([
    'site',
    'site',
    undefined,
  ])
  for (const key of ['__proto__', 'constructor', 'valueOf'])
    expect(ownValue<string>(table, key)).toBeUndefined()
})
