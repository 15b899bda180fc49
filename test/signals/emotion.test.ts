import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { baselineOf, breakOf, moodPriors, USUAL_MOODS } from '../../src/signals/baseline.ts'
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

  const of = (count: number, group: number, moods: number[][]) =>
    Array.from({ length: count }, (_, at) => ({ group, moods: moods[at % moods.length]! }))
  const wide = [
    [0.9, 0.7],
    [-0.1, -0.3],
  ]

  test('everyone is learned from once there are enough customers', () => {
    expect(moodPriors(of(1, 0, [[1, 1]])).everyone).toBe(USUAL_MOODS)
    const { everyone } = moodPriors(of(400, 0, wide))
    expect(everyone.mean).toBeCloseTo(0.3)
    expect(everyone.between).toBeCloseTo(0.5, 1)
    expect(everyone.within).toBeLessThan(0.2)
  })

  test('similar customers stand together; a group of few is as everyone is', () => {
    const { everyone, of: inGroup } = moodPriors([...of(300, 1, [[0.8, 0.6]]), ...of(300, 2, [[-0.2, -0.4]])])
    expect(inGroup(1).mean).toBeGreaterThan(0.6)
    expect(inGroup(2).mean).toBeLessThan(-0.2)
    expect(inGroup(9)).toBe(everyone)
    const few = moodPriors([...of(300, 1, [[0.8, 0.6]]), ...of(3, 2, [[-0.2, -0.4]])])
    expect(few.of(2).mean).toBeGreaterThan(0.5)
  })

  test('the same voice is a break among the content, and none among those who grumble', () => {
    const says: Said[] = [
      [60, '还行'],
      [1, '等了两个小时，太差了'],
    ]
    const among = (mean: number) => emotionSignal(mood, () => ({ mean, between: 0.2, within: 0.25 }))
    expect(among(0.7).read(customerWith({ says }))).toMatchObject({ fired: true })
    expect(among(-0.6).read(customerWith({ says }))).toMatchObject({ fired: false })
  })

  const moods = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 12 })
  test('always finite; a darker week never breaks less', () => {
    fc.assert(
      fc.property(moods, fc.array(moods), fc.integer({ min: 1, max: 9 }), (own, others, count) => {
        const spoken = others.map((all, at) => ({ group: at % 3, moods: all }))
        const baseline = baselineOf(own, moodPriors(spoken).of(1))
        expect(Math.abs(baseline.mean)).toBeLessThanOrEqual(1)
        expect(baseline.spread).toBeGreaterThan(0)
        expect(breakOf(baseline, -1, count)).toBeGreaterThanOrEqual(breakOf(baseline, -0.5, count))
      }),
    )
  })
})

describe('a baseline that odd voices do not move', () => {
  const mood1 = fc.double({ min: -1, max: 1, noNaN: true })

  test('the more own voices of one kind, the nearer to them', () => {
    fc.assert(
      fc.property(mood1, fc.integer({ min: 1, max: 30 }), (own, count) => {
        const away = (voices: number) =>
          Math.abs(
            baselineOf(
              Array.from({ length: voices }, () => own),
              USUAL_MOODS,
            ).mean - own,
          )
        expect(away(count + 1)).toBeLessThanOrEqual(away(count) + 1e-9)
      }),
    )
  })

  test('one odd voice among ten moves what is usual by a tenth of the way at most', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 0.7, noNaN: true }), mood1, (usual, odd) => {
        const nine = Array.from({ length: 9 }, (_, at) => usual + (at % 3) * 0.1)
        const before = baselineOf([...nine, usual], USUAL_MOODS)
        const after = baselineOf([...nine, odd], USUAL_MOODS)
        expect(Math.abs(after.mean - before.mean)).toBeLessThan(0.1)
        expect(after.spread).toBeLessThan(0.35)
      }),
    )
  })

  test('one bad day in a good half year does not hide the next', () => {
    const good = [150, 130, 110, 90, 70, 50].map((ago): Said => [ago, '服务很好，很满意'])
    const reading = read({ says: [...good, [100, '太差了，垃圾'], [1, '太差了，垃圾，受够了']] })
    expect(reading).toMatchObject({ fired: true, strong: false })
    expect(read({ says: [...good, [1, '太差了，垃圾，受够了']] })).toMatchObject({
      fired: true,
      strong: true,
    })
  })
})

describe('since when', () => {
  const since = (says: Said[]) => {
    const [piece] = read({ says })!.evidence
    return piece?.kind === 'emotion' && piece.since !== null ? (NOW - piece.since) / DAY : null
  }
  const good = [170, 140, 110, 80].map((ago): Said => [ago, '非常满意，推荐'])
  const bad = (...ago: number[]) => ago.map((one): Said => [one, '太差了，垃圾'])

  test.each<[string, Said[], number | null]>([
    ['this week is the first of it', [...good, ...bad(3)], null],
    ['it has been falling for a month', [...good, ...bad(31, 18, 9, 2)], 31],
    [
      'a bad day that was put right is not the beginning',
      [...good, ...bad(30), [20, '非常满意'], [15, '很满意'], ...bad(2)],
      null,
    ],
  ])('%s', (_, says, expected) => expect(since(says)).toEqual(expected))

  test('what was bad for longer than eight weeks is how the customer is', () => {
    expect(read({ says: bad(170, 140, 110, 80, 60, 30, 2) })!.fired).toBe(false)
  })

  test('weeks of a falling mood do not become the usual one', () => {
    const [piece] = read({ says: [...good, ...bad(31, 18, 9, 2)] })!.evidence
    expect(piece).toMatchObject({ voicesBefore: 4, positiveBefore: 4, voicesAfter: 1 })
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
