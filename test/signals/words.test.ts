import { describe, expect, test } from 'vitest'
import { wordsSignal } from '../../src/signals/words.ts'
import { customerWith, DAY, type Life, lexicon, mood, NOW } from './customer.ts'

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

test('what is shown is what was written, not the name of the entry', () => {
  const terms = (words: string) => signal.read(customerWith({ says: [[1, words]] }))?.evidence[0]
  expect(terms('我要曝光你们')).toMatchObject({ terms: ['曝光你们'] })
  expect(terms('马上给我退 款！就是退款，我要打12315')).toMatchObject({ terms: ['退 款', '12315'] })
  expect(terms('等到今天还是没结果，我已经约了别的店，套餐取消吧')).toMatchObject({
    terms: ['取消', '别的店'],
  })
  expect(terms('We are SWITCHING to\nanother provider')).toMatchObject({
    terms: ['SWITCHING to another', 'another provider'],
  })
})

describe('a life that changes', () => {
  test('is strong, and stays told for two months', () => {
    expect(signal.read(customerWith({ says: [[3, '公司调我去成都了，套餐还能用吗？']] }))).toMatchObject({
      strong: true,
      evidence: [{ wordClass: 'life-change' }],
    })
    expect(signal.read(customerWith({ says: [[50, '我们已经搬家了']] }))).toMatchObject({ strong: true })
    expect(signal.read(customerWith({ says: [[70, '我们已经搬家了']] }))).toBeNull()
    // What else was said then has faded.
    const [piece] = signal.read(customerWith({ says: [[50, '受够了，反正我已经搬家了']] }))!.evidence
    expect(piece).toMatchObject({ wordClass: 'life-change', terms: ['搬家'] })
  })
})

describe('a threat that has been put right', () => {
  const closed = { ticket_resolved: [6] }
  const threat = [10, '我要退款'] as const
  test.each<[string, Life, boolean]>([
    ['closed and heard from since', { events: closed, says: [threat, [3, '处理得很好', 9]] }, false],
    ['closed, but not a word since', { events: closed, says: [threat] }, true],
    ['content before it was closed', { events: closed, says: [threat, [8, '处理得很好', 9]] }, true],
    ['closed, and still unhappy', { events: closed, says: [threat, [3, '还是不行', 3]] }, true],
    ['content, but nothing was closed', { says: [threat, [3, '处理得很好', 9]] }, true],
    ['threatens again', { events: closed, says: [threat, [4, '处理得很好', 9], [2, '又坏了，退款']] }, true],
  ])('%s', (_, life, fired) => {
    expect(wordsSignal(lexicon, 14, mood).read(customerWith(life))).toMatchObject({ fired })
  })

  test('without a reader of moods the rating decides', () => {
    const says = [threat, [3, '嗯', 8]] as const
    expect(signal.read(customerWith({ events: closed, says }))).toMatchObject({ fired: false })
  })
})

describe('someone who threatened before, was put at ease and stayed', () => {
  const closed = { ticket_resolved: [95] }
  const before = [
    [100, '差到极点，我要退款'],
    [90, '处理得很好', 9],
  ] as const
  const strong = (life: Life) => wordsSignal(lexicon, 14, mood).read(customerWith(life))!.strong
  test.each<[string, Life, boolean]>([
    ['one more threat', { events: closed, says: [...before, [3, '我要退款']] }, false],
    ['and then another', { events: closed, says: [...before, [6, '我要退款'], [2, '受够了']] }, true],
    ['nothing was closed', { says: [...before, [3, '我要退款']] }, true],
    ['never content again', { events: closed, says: [before[0], [3, '我要退款']] }, true],
    [
      'content only after this one',
      { events: closed, says: [before[0], [3, '我要退款'], [1, '很好', 9]] },
      true,
    ],
    [
      'the same matter',
      {
        events: { ticket_resolved: [20] },
        says: [
          [25, '我要退款'],
          [18, '很好', 9],
          [3, '我要退款'],
        ],
      },
      true,
    ],
    [
      'only a competitor mentioned before',
      { events: closed, says: [[100, '隔壁家更便宜'], before[1], [3, '我要退款']] },
      true,
    ],
    ['a life that changes', { events: closed, says: [...before, [3, '我们已经搬家了']] }, true],
  ])('%s', (_, life, expected) => {
    expect(strong(life)).toBe(expected)
  })

  test('is still heard', () => {
    const life = { events: closed, says: [...before, [3, '我要退款'] as const] }
    expect(wordsSignal(lexicon, 14, mood).read(customerWith(life))).toMatchObject({ fired: true })
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
