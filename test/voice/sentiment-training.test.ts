import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { accuracy, confusionOf, macroF1, sidedAccuracy } from '../../src/voice/sentiment-figures.ts'
import { loadSentiment } from '../../src/voice/sentiment-lexicon.ts'
import { openToneReader } from '../../src/voice/sentiment-reader.ts'
import type { Example } from '../../src/voice/sentiment-rows.ts'
import { trainSentiment } from '../../src/voice/sentiment-training.ts'
import { unpackWeights } from '../../src/voice/sentiment-weights.ts'

const WORDS = new URL('../../models/lexicons/sentiment.yaml', import.meta.url)
const lexicon = loadSentiment(readFileSync(WORDS, 'utf8'), 'sentiment.yaml')

/** Moods in words that no lexicon has, so that only learning can tell them. */
function examples(count: number): Example[] {
  const made: Example[] = []
  for (let at = 0; at < count; at += 1) {
    const thing = ['灯', '桌', '椅', '门'][at % 4]!
    made.push({ text: `这个${thing}甲甲乙`, label: 'positive', domain: 'a' })
    made.push({ text: `这个${thing}丙丙丁`, label: 'negative', domain: 'a' })
    if (at % 2 === 0) made.push({ text: `${thing}戊己庚吗`, label: 'neutral', domain: 'a' })
  }
  return made
}

const learned = async (from: readonly Example[], seed = 1) => {
  const { bytes } = await trainSentiment(from, lexicon, { seed })
  return openToneReader(unpackWeights(bytes, 'learned'), lexicon)
}

test('learns what it is shown, neutral too', async () => {
  const toneOf = await learned(examples(120))
  expect(toneOf('灯甲甲乙').strength).toBeGreaterThan(0.3)
  expect(toneOf('灯丙丙丁').strength).toBeLessThan(-0.3)
  expect(toneOf('桌戊己庚吗').label).toBe('neutral')
})

test('the same texts and seed give the same bytes; another seed or text other ones', async () => {
  const bytes = async (from: readonly Example[], seed: number) =>
    Buffer.from((await trainSentiment(from, lexicon, { seed })).bytes).toString('base64')
  const first = await bytes(examples(40), 1)
  expect(await bytes(examples(40), 1)).toBe(first)
  expect(await bytes(examples(41), 1)).not.toBe(first)
})

test('a domain of one mind teaches no mood: its own words stay neutral ones', async () => {
  const complaints: Example[] = Array.from({ length: 200 }, () => ({
    text: '这个壬壬癸',
    label: 'negative',
    domain: 'complaints',
  }))
  const toneOf = await learned([...examples(60), ...complaints])
  expect(Math.abs(toneOf('壬壬癸').strength)).toBeLessThan(0.4)
})

test('it can be stopped, and says how far it is', async () => {
  const stop = new AbortController()
  const shares: number[] = []
  const progress = (share: number) => {
    shares.push(share)
    if (share > 0.5) stop.abort()
  }
  await expect(
    trainSentiment(examples(40), lexicon, { seed: 1, progress, signal: stop.signal }),
  ).rejects.toThrow()
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
})

test.each<[string, Example[], string]>([
  ['nothing', [], 'There is no labelled text to learn from.'],
  ['one side', [{ text: '好', label: 'positive', domain: 'a' }], 'All texts are labelled positive.'],
])('%s teaches nothing', async (_, from, words) => {
  await expect(trainSentiment(from, lexicon, { seed: 1 })).rejects.toThrow(words)
})

test('figures: shares of right labels and sides, and macro-F1', () => {
  const toneOf = (words: string) => {
    const label = words as Example['label']
    return { label, strength: label === 'negative' ? -0.5 : 0.5, confidence: 1 }
  }
  const read = (truth: Example['label'], label: Example['label']) => ({
    text: label,
    label: truth,
    domain: 'a',
  })
  const confusion = confusionOf(
    [
      read('positive', 'positive'),
      read('positive', 'neutral'),
      read('negative', 'negative'),
      read('negative', 'positive'),
    ],
    toneOf,
  )
  expect(accuracy(confusion)).toBe(0.5)
  expect(sidedAccuracy(confusion)).toBe(0.75)
  expect(macroF1(confusion)).toBeCloseTo((0.5 + 2 / 3) / 2)
})
