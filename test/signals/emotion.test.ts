import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { baselineOf, breakOf, priorOf, USUAL_MOODS } from '../../src/signals/baseline.ts'
import { emotionSignal } from '../../src/signals/emotion.ts'
import { customerWith, DAY, type Life, mood, NOW, type Said } from './customer.ts'

const signal = emotionSignal(mood)
const read = (life: Life) => signal.read(customerWith(life))
const monthly = (words: string, rating?: number): Said[] =>
  [150, 120, 90, 60, 30].map((ago) => (rating === undefined ? [ago, words] : [ago, words, rating]))

describe('a mood that breaks from what is usual for the customer', () => {
  test.each<[string, Said[], object | null]>([
    ['content, then angry', [...monthly('服务很好'), [2, '太差了，受够了']], { fired: true }],
    ['content, then content', [...monthly('服务很好'), [2, '很好']], { fired: false, strength: 0 }],
    ['content, then so-so', [...monthly('服务很好'), [2, '还行']], { fired: false }],
    ['never content', [...monthly('太差了，垃圾'), [2, '太差了，垃圾']], { fired: false }],
    [
      'angry and soothed in one week',
      [...monthly('很好'), [5, '太差了'], [1, '处理好了，很满意，谢谢']],
      { fired: false },
    ],
    ['nothing this week', monthly('服务很好'), null],
    ['only a question this week', [...monthly('服务很好'), [2, '怎么取消预约提醒']], null],
    ['nothing before', [[2, '太差了，受够了']], null],
    [
      'long ago does not count',
      [
        [200, '服务很好'],
        [2, '太差了'],
      ],
      null,
    ],
    ['ratings alone', [...[150, 100, 50].map((ago): Said => [ago, '', 9]), [2, '', 1]], { fired: true }],
  ])('%s', (_, says, expected) => {
    if (expected === null) expect(read({ says })).toBeNull()
    else expect(read({ says })).toMatchObject(expected)
  })

  test('the same angry words break the mood of the content, not of the one who always grumbles', () => {
    const angry: Said = [1, '前台态度恶劣，太差了']
    expect(read({ says: [...monthly('很好'), angry] })!.fired).toBe(true)
    expect(read({ says: [...monthly('等了两个小时，太差了'), angry] })!.fired).toBe(false)
  })

  test('the evidence quotes the darkest words and tells both moods on the scale of ratings', () => {
    const reading = read({
      says: [...monthly('很好'), [3, '前台爱理不理。'], [1, '你好。真是太差了，垃圾！谢谢。']],
    })!
    expect(reading).toMatchObject({ basis: ['voice:v3', 'voice:v1'], at: NOW - DAY })
    expect(reading.evidence).toEqual([
      expect.objectContaining({
        kind: 'emotion',
        voice: 'v1',
        sentence: '真是太差了，垃圾！',
        voicesBefore: 5,
        positiveBefore: 5,
        voicesAfter: 2,
        fan: false,
      }),
    ])
    const [piece] = reading.evidence
    if (piece?.kind !== 'emotion') throw new Error('a mood is told')
    expect(piece.before).toBeGreaterThan(6)
    expect(piece.after).toBeLessThan(4)
  })
})

describe('broken expectation', () => {
  const praised: Said[] = monthly('非常满意，推荐')
  const letDown: Said = [2, '这次真的很失望']

  test.each<[string, Life, boolean]>([
    ['mostly positive before', { says: [...praised, letDown] }, true],
    ['NPS 9 before', { says: [letDown], events: { voice: [[40, { nps: 9 }]] } }, true],
    ['NPS 8 before', { says: [letDown, [60, '还行']], events: { voice: [[40, { nps: 8 }]] } }, false],
    [
      'an NPS given this week does not count',
      { says: [letDown, [60, '还行']], events: { voice: [[3, { nps: 10 }]] } },
      false,
    ],
    ['one good word is no fan', { says: [[60, '很好'], letDown] }, false],
    ['angry but not let down', { says: [...praised, [2, '等了两个小时']] }, false],
    ['English', { says: [...monthly('Great service, love it'), [2, 'I feel let down']] }, true],
    ['not let down', { says: [...praised, [2, '从没失望过，一直很好']] }, false],
  ])('%s: %s', (_, life, fan) => {
    const reading = read(life)
    const pieces = reading?.evidence ?? []
    expect(pieces.some((piece) => piece.kind === 'emotion' && piece.fan)).toBe(fan)
    if (fan) expect(reading).toMatchObject({ fired: true, strong: true })
  })

  test('ranks above a lifelong detractor who writes the same, and above any other break', () => {
    const fan = read({ says: [...praised, letDown] })!
    const detractor = read({ says: [...monthly('太差了，失望'), letDown] })!
    const broken = read({ says: [...praised, [2, '垃圾，骗子，受够了，太差了']] })!
    expect(detractor.fired).toBe(false)
    expect(fan.strength).toBeGreaterThan(broken.strength)
    expect(broken.strength).toBeGreaterThan(detractor.strength)
  })
})

describe('what is usual', () => {
  test('few voices are drawn to the population, many speak for themselves', () => {
    const one = baselineOf([-1], USUAL_MOODS).mean
    const many = baselineOf(
      Array.from({ length: 40 }, () => -1),
      USUAL_MOODS,
    ).mean
    expect(one).toBeGreaterThan(-0.3)
    expect(many).toBeLessThan(-0.9)
    const nobody = baselineOf([], USUAL_MOODS)
    expect(nobody.mean).toBeCloseTo(USUAL_MOODS.mean)
    expect(nobody).toMatchObject({ voices: 0, positive: null })
  })

  test('the population is learned once there are enough customers', () => {
    expect(priorOf([[1, 1]])).toBe(USUAL_MOODS)
    const people = Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? [0.9, 0.7] : [-0.1, -0.3]))
    expect(priorOf(people).mean).toBeCloseTo(0.3)
    expect(priorOf(people).between).toBeCloseTo(0.5, 1)
    expect(priorOf(people).within).toBe(0.15)
  })

  const moods = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 12 })
  test('always finite; a darker week never breaks less', () => {
    fc.assert(
      fc.property(moods, fc.array(moods), fc.integer({ min: 1, max: 9 }), (own, others, count) => {
        const baseline = baselineOf(own, priorOf(others))
        expect(Math.abs(baseline.mean)).toBeLessThanOrEqual(1)
        expect(baseline.spread).toBeGreaterThan(0)
        expect(breakOf(baseline, -1, count)).toBeGreaterThanOrEqual(breakOf(baseline, -0.5, count))
      }),
    )
  })
})

test('a voice judged to be no risk is out of it; a newer one speaks anew', () => {
  const says = [...monthly('非常满意，推荐'), [4, '这次真的很失望'] as Said]
  const judged = (upTo: number) =>
    signal.read(
      customerWith({ says: [...says, [1, '又一次失望'] as Said] }),
      ({ at }) => (at ?? 0) <= NOW - upTo * DAY,
    )!
  expect(judged(0)).toMatchObject({ fired: false, strength: 0, evidence: [], basis: [] })
  expect(judged(0).muted).toHaveLength(2)
  expect(judged(2)).toMatchObject({ fired: true, basis: ['voice:v1'], at: NOW - DAY })
})
