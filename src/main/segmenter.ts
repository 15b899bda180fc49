import { createRequire } from 'node:module'
import type { Piece, Segmenter } from '../voice/terms.ts'

type Native = typeof import('@node-rs/jieba')
type Jieba = InstanceType<Native['Jieba']>

const require = createRequire(import.meta.url)

/**
 * Jieba with its own dictionary, which is read with the first word that is cut. Where its native part does not load,
 * the words that the runtime itself knows.
 */
export function openSegmenter(load: () => Native = () => require('@node-rs/jieba') as Native): Segmenter {
  let chosen: Segmenter | null = null
  const present = (): Segmenter => {
    chosen ??= choose(load)
    return chosen
  }
  return {
    get name() {
      return present().name
    },
    cut: (han) => present().cut(han),
    knows: (word) => present().knows(word),
  }
}

/** The name of the one that stands in where Jieba does not load. */
export const PLAIN = 'runtime'

function choose(load: () => Native): Segmenter {
  try {
    return byJieba(load())
  } catch {
    // Whatever is wrong with a native part, search goes on without it; doctor says so.
    return byRuntime()
  }
}

function byJieba({ Jieba }: Native): Segmenter {
  let opened: Jieba | null = null
  const jieba = (): Jieba => {
    if (opened === null) {
      const { dict } = require('@node-rs/jieba/dict.js') as typeof import('@node-rs/jieba/dict.js')
      opened = Jieba.withDict(dict)
    }
    return opened
  }
  return {
    name: 'jieba 2.0.2',
    cut: (han) => placed(jieba().cut(han, true), jieba().cutForSearch(han, true)),
    // Without guessing, only words of the dictionary stay whole.
    knows: (word) => /^\p{Script=Han}{2,}$/u.test(word) && jieba().cut(word, false).length === 1,
  }
}

/**
 * `every` holds each of `words` behind the shorter ones inside it, without places: the two lists walked together give
 * every word its own.
 */
function placed(words: readonly string[], every: readonly string[]): Piece[] {
  const pieces: Piece[] = []
  let start = 0
  let next = 0
  for (const word of words) {
    let from = 0
    let size = 0
    for (; next < every.length && every[next] !== word; next += 1) {
      const inner = every[next]!
      // Words of two characters come first, then those of three: each list begins at the front.
      if (inner.length !== size) from = 0
      size = inner.length
      const at = word.indexOf(inner, from)
      if (at < 0) continue
      pieces.push({ word: inner, start: start + at })
      from = at + 1
    }
    next += 1
    pieces.push({ word, start })
    start += word.length
  }
  return pieces
}

function byRuntime(): Segmenter {
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
  return {
    name: PLAIN,
    cut: (han) =>
      Array.from(segmenter.segment(han), ({ segment, index }) => ({ word: segment, start: index })),
    // Its words differ from sentence to sentence: everything is looked for by its characters.
    knows: () => false,
  }
}
