import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readVoice } from '../../src/voice/reading.ts'
import { parseLearned, withLearned, writeLearned } from '../../src/voice/topic-model.ts'
import { learnTopics, type TopicLabels } from '../../src/voice/topic-training.ts'
import { READER } from './shipped.ts'

/** A company's own way of speaking, which no rule knows: "小蓝" is its app, "the barn" its shop. */
const labels: TopicLabels[] = Array.from({ length: 60 }, (_, index) => [
  { text: `第${index}次了，小蓝又点不开`, topics: ['experience.app'] },
  { text: `The barn was lovely on day ${index}`, topics: ['experience.environment'] },
  { text: `今天开了${index}公里，一路顺`, topics: [] },
  { text: `价格公道，第${index}单`, topics: ['price.cost'] },
]).flat()
const rules = (text: string) => new Set(readVoice(text, READER).topics.map(({ topic }) => topic))
const known = READER.cues.topics.map(({ id }) => id)

test('learns where the rules know too little, and leaves the rest to them', () => {
  const { learned, trials } = learnTopics(labels, known, rules)
  const trial = (topic: string) => trials.find((one) => one.topic === topic)!
  expect(trial('experience.app')).toMatchObject({ labelled: 60, rulesF1: 0, used: true })
  expect(trial('experience.app').f1).toBeGreaterThan(0.9)
  expect(trial('price.cost')).toMatchObject({ rulesF1: 1, used: false })
  expect(learned.topics.map(({ topic }) => topic).sort()).toEqual([
    'experience.app',
    'experience.environment',
  ])

  const reader = { ...READER, learned: parseLearned(writeLearned(learned))! }
  const topics = (words: string) => readVoice(words, reader).topics.map(({ topic, span }) => [topic, span])
  expect(topics('小蓝点不开')).toEqual([['experience.app', null]])
  expect(topics('价格公道')).toMatchObject([['price.cost', { start: 0, end: 4 }]])
  expect(parseLearned(writeLearned(learned))).toEqual(learned)
})

test('takes away what the rules see wrongly', () => {
  const mood = { strength: 0, label: 'neutral', confidence: 1 } as const
  const never = { topic: 'price.cost', bias: -1, weights: new Int8Array(256), scale: 1, f1: 1, rulesF1: 0 }
  const byRules = readVoice('太贵', READER).topics
  expect(withLearned('太贵', byRules, { buckets: 256, topics: [never] }, mood)).toEqual([])
})

test('a handful of labels teaches nothing', () => {
  const few = learnTopics(labels.slice(0, 40), known, rules)
  expect(few.learned.topics).toEqual([])
  expect(few.trials.map(({ f1 }) => f1)).toEqual(few.trials.map(() => null))
})

test('anything but learned topics is refused', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (source) => parseLearned(source) === null))
})
