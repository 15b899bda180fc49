import { expect, test } from 'vitest'
import { voiceStream } from './voice-stream.ts'
import { QUICK, voicesOn } from './voices.ts'

// How long it takes, and whether the peer is installed, is no matter here: that the whole way works is.
test('voices are read beside the peer, and on and on', async () => {
  const { figures, missing = [] } = await voicesOn(QUICK, '1')
  const value = (id: string): number => figures.find((one) => one.id === `voices.${id}`)!.value
  expect(value('texts_per_cpu_second')).toBeGreaterThan(0)
  expect(value('read_while_watched')).toBeGreaterThanOrEqual(200)
  expect(value('rss')).toBeGreaterThan(0)
  if (missing.length === 0) expect(value('times_faster_than_jieba_sklearn')).toBeGreaterThan(0)
  else expect(missing).toEqual([expect.stringMatching(/^peer not installed: jieba and scikit-learn/)])
})

test('the stream is short texts in both languages, the same for the same seed', () => {
  const [one, other] = [voiceStream('7'), voiceStream('7')]
  const texts = Array.from({ length: 400 }, () => one.next().value)
  expect(Array.from({ length: 400 }, () => other.next().value)).toEqual(texts)
  expect(new Set(texts).size).toBeGreaterThan(200)
  const chinese = texts.filter((text) => /[\u4e00-\u9fff]/.test(text)).length
  expect(chinese / texts.length).toBeGreaterThan(0.6)
  expect(chinese / texts.length).toBeLessThan(0.9)
  expect(Math.max(...texts.map(({ length }) => length))).toBeLessThan(300)
  expect(texts.filter((text) => text.includes('{'))).toEqual([])
})
