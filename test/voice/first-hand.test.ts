import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstHand, ownWords } from '../../src/voice/first-hand.ts'
import { readWords } from '../../src/voice/words.ts'
import { CHURN } from './shipped.ts'

/** What of some overheard words counts. */
const counted = (said: string, channel = 'heard') =>
  readWords(ownWords(said, channel), CHURN)
    .filter((hit) => hit.counted)
    .map(({ span }) => said.slice(span.start, span.end))

test.each([
  ['她说下次换一家', '换一家'],
  ['他说再也不来了', '再也不来了'],
  ['客户说要退款', '退款'],
  ['王女士在电话里跟我抱怨说，她受够了', '受够了'],
  ['客户刚才在前台嚷着要退款', '退款'],
  ['客户明确表示：“我要解约”', '解约'],
  ['他不想再来了，要换一家', '换一家'],
  ['李先生打电话来说他要退订', '退订'],
  ['下次换一家', '换一家'],
  ['she said she would go elsewhere', 'go elsewhere'],
  ['he told me he is going to cancel', 'cancel'],
  ["The customer says they're switching to another garage", 'switching'],
  ['Mrs Brown complained on the phone that she wants a refund', 'refund'],
  ["he's cancelling his contract", 'cancelling'],
  ['they said "I am fed up"', 'fed up'],
  ['Customer told us he wants to cancel.', 'cancel'],
  ['I am fed up', 'fed up'],
])('%s: it counts', (said, words) => {
  expect(counted(said).join(' ')).toContain(words)
})

test.each([
  '他说不想退款，就是问问',
  '他朋友说要退款',
  '她说她朋友要退款',
  '客户问怎么取消预约提醒',
  '客户说上次退款很快，谢谢',
  '他说客服说可以退款',
  'she said she does not want a refund',
  'he asked how to cancel a reminder',
  'he said his brother cancelled his contract',
  'she was told by our agent that she could cancel',
])('%s: it does not', (said) => {
  expect(counted(said)).toEqual([])
})

test('only what was overheard is read so: a customer who writes may quote others', () => {
  expect(counted('客服说可以退款', 'chat')).toEqual([])
  expect(counted('她说下次换一家', 'chat')).toEqual([])
})

test('places stay where they are, whatever is said', () => {
  const words = fc.constantFrom(
    '她说',
    '客户',
    ' ',
    '，',
    'he',
    " she's",
    ' told me',
    ' that',
    '我要退款',
    '\n',
    '😀',
    'they are',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 12 }), (parts) => {
      const said = parts.join('')
      expect(firstHand(said)).toHaveLength(said.length)
    }),
  )
})
