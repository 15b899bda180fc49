import { describe, expect, test } from 'vitest'
import { wordsSignal } from '../../src/signals/words.ts'
import { customerWith, DAY, lexicon, NOW } from './customer.ts'

const signal = wordsSignal(lexicon)

describe('what the last two weeks of voices say', () => {
  test.each([
    ['我要退款', true, true],
    ['I want to cancel my plan', true, true],
    ['隔壁家便宜', true, false],
    ['垃圾服务', true, false],
    ['fed up', true, false],
    ['不想退款', false, false],
    ['好的谢谢，再见', false, false],
    ['车很好开', false, false],
  ])('%s: fired %s, strong %s', (words, fired, strong) => {
    expect(signal.read(customerWith({ says: [[3, words]] }))).toMatchObject({ fired, strong })
  })

  test('nothing said is unknown, not fine', () => {
    expect(signal.read(customerWith({}))).toBeNull()
    expect(signal.read(customerWith({ says: [[20, '我要退款']] }))).toBeNull()
  })

  test('a calm voice is a reading that did not fire', () => {
    expect(signal.read(customerWith({ says: [[2, '保养很顺利']] }))).toMatchObject({
      fired: false,
      strength: 0,
      basis: [],
      evidence: [],
    })
  })

  test('the window is a setting', () => {
    expect(wordsSignal(lexicon, 28).read(customerWith({ says: [[20, '我要退款']] }))).toMatchObject({
      fired: true,
    })
  })
})

test('the evidence is the quoted sentence, strongest class first, and rests on the voice', () => {
  const reading = signal.read(
    customerWith({
      says: [
        [9, '一切顺利。我要退款，马上！别的不说。'],
        [1, '隔壁家更便宜'],
        [4, '天气不错'],
      ],
    }),
  )!
  expect(reading.evidence).toEqual([
    {
      kind: 'quote',
      voice: 'v9',
      at: NOW - 9 * DAY,
      channel: 'chat',
      sentence: '我要退款，马上！',
      terms: ['退款'],
      wordClass: 'strong-churn',
    },
    expect.objectContaining({ voice: 'v1', wordClass: 'competitor', terms: ['隔壁家'] }),
  ])
  expect(reading.basis).toEqual(['voice:v9', 'voice:v1'])
  expect(reading.at).toBe(NOW - DAY)
})

test('more and newer words are stronger, never above 1', () => {
  const strength = (says: [number, string][]) => signal.read(customerWith({ says }))!.strength
  const one = strength([[10, '我要退款']])
  expect(strength([[1, '我要退款']])).toBeGreaterThan(one)
  const many = strength(
    Array.from({ length: 12 }, (_, day) => [day + 1, '我要退款，换一家'] as [number, string]),
  )
  expect(many).toBeGreaterThan(one)
  expect(many).toBeLessThanOrEqual(1)
})
