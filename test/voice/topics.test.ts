import { describe, expect, test } from 'vitest'
import { compileCues } from '../../src/voice/cues.ts'
import { readVoice } from '../../src/voice/reading.ts'
import { mergeTopics, parseTopics } from '../../src/voice/topic-file.ts'
import { CUES, READER, TOPICS } from './shipped.ts'
import { ABOUT } from './topic-sentences.ts'

const SIGN = { negative: '-', neutral: '', positive: '+' }
const about = (words: string, reader = READER): string =>
  readVoice(words, reader)
    .topics.map(({ topic, label }) => `${topic}${SIGN[label]}`)
    .join(' ')

describe('what voices are about, and how they like it', () => {
  test.each(ABOUT)('%s', (words, topics) => {
    expect(about(words).split(' ').sort()).toEqual(topics.split(' ').sort())
  })
})

test('a topic is shown where it is named', () => {
  const words = '😀服务可以，價格公道'
  const cost = readVoice(words, READER).topics.find(({ topic }) => topic === 'price.cost')
  expect(words.slice(cost!.span!.start, cost!.span!.end)).toBe('價格公道')
})

test('every topic and tag has a name in both languages', () => {
  for (const { name } of [...READER.cues.topics, ...READER.cues.tags]) {
    expect(name.zh).toMatch(/[\u4e00-\u9fff]|APP/)
    expect(name.en).toMatch(/^[a-zA-Z ]+$/)
  }
})

const own = (yaml: string) => {
  const merged = mergeTopics(TOPICS, parseTopics(yaml, 'own.yaml'), 'own.yaml')
  return { ...READER, cues: compileCues(merged, CUES, 'own.yaml') }
}

test('a company adds words and sub-topics, moves words, replaces and removes sub-topics', () => {
  const reader = own(`
topics:
  - id: service
    subs:
      - { id: shuttle, name: { zh: 接驳车, en: Shuttle bus }, words: [摆渡车], bad: [摆渡车不来] }
      - { id: waiting, words: [叫号] }
      - { id: booking, replace: true, words: [挂单] }
  - id: experience
    subs: [{ id: location, off: true }]
  - { id: safety, name: { zh: 安全, en: Safety }, words: [刹车] }
tags:
  - { id: shuttle, name: { zh: 接驳车, en: shuttle }, words: [摆渡车] }
`)
  expect(about('摆渡车不来', reader)).toBe('service.shuttle-')
  expect(readVoice('坐摆渡车', reader).tags.map(({ id }) => id)).toEqual(['shuttle'])
  expect(about('叫号', reader)).toBe('service.waiting')
  expect(about('预约', reader)).toBe('')
  expect(about('挂单', reader)).toBe('service.booking')
  expect(about('停车难', reader)).toBe('')
  expect(about('刹车', reader)).toBe('safety')
  expect(about('刹车', READER)).toBe('product.features')
  expect(reader.cues.topics.find(({ id }) => id === 'service.booking')!.name.en).toBe('Booking')
})

test.each([
  ['topics: [{ id: Price }]', /own\.yaml, at topics\.0\.id: is not an id/],
  ['topics: [{ id: parts, words: [零件] }]', /the new "parts" has no name/],
  ['topic: []', /own\.yaml, at the top/],
  ['topics: [', /own\.yaml is not readable YAML/],
  [
    'topics: [{ id: a, name: { zh: 甲, en: A }, words: [某词] }, { id: b, name: { zh: 乙, en: B }, words: [某词] }]',
    /"某词" stands under a and under b/,
  ],
])('says what is wrong with a file: %s', (yaml, message) => {
  expect(() => own(yaml)).toThrow(message)
})
