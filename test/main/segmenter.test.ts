import { expect, test } from 'vitest'
import { segmenterFinding } from '../../src/main/doctor.ts'
import { openSegmenter } from '../../src/main/segmenter.ts'
import { queryOf, soughtIn, spansOf } from '../../src/voice/sought.ts'

test('words are cut by Jieba, with the words inside a long one', () => {
  const segmenter = openSegmenter()
  expect(segmenter.cut('北京大学')).toEqual([
    { word: '北京', start: 0 },
    { word: '大学', start: 2 },
    { word: '北京大学', start: 0 },
  ])
  expect([segmenter.knows('退款'), segmenter.knows('途虎'), segmenter.knows('refund')]).toEqual([
    true,
    false,
    false,
  ])
  expect(segmenterFinding(segmenter)).toEqual({
    about: 'search',
    ok: true,
    detail: 'words are cut by jieba 2.0.2',
  })
})

test('where its native part does not load, search goes on by characters and doctor says so', () => {
  const segmenter = openSegmenter(() => {
    throw new Error('no native part for this platform')
  })
  const sought = soughtIn([{ words: '退款', phrase: false, without: false }], segmenter)
  expect(queryOf(sought)).toBe(`('退' <-> '款')`)
  expect(spansOf('我要退款！', sought, segmenter)).toEqual([{ start: 2, end: 4 }])
  expect(segmenterFinding(segmenter)).toMatchObject({ ok: true, note: true })
})
