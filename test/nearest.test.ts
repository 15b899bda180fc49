import { expect, it } from 'vitest'
import { didYouMean, nearest } from '../src/nearest.ts'

it.each([
  ['custmer_id', 'customer_id'],
  ['Customer ID', 'customer_id'],
  ['nmae', 'name'],
  ['paied', 'paid'],
  ['客户编码', '客户编号'],
])('%s means %s', (word, meant) => {
  expect(nearest(word, ['customer_id', 'name', 'paid', '客户编号'])).toBe(meant)
})

it('does not guess wildly', () => {
  expect(nearest('warranty', ['customer_id', 'name', 'paid'])).toBeNull()
  expect(didYouMean('warranty', ['name'])).toBe('')
  expect(didYouMean('nam', ['name'])).toBe(' Did you mean "name"?')
})
