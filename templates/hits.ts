import type { Block, View } from '../src/chat/card.ts'
import type { WordClass } from '../src/signals/signal.ts'
import type { Text } from '../src/text.ts'
import { speaker } from './language.ts'
import { LIMITS, shown } from './limits.ts'
import { WORD_CLASS } from './words.ts'

/** A term found in some words, and why it counts or does not. */
export interface HitLine {
  readonly term: string
  readonly wordClass: WordClass
  /** The company's own class it stands in. */
  readonly own?: Text | null
  readonly severity?: number
  readonly counted: boolean
  readonly why: Text
}

/** Terms a table can hold and still be read. */
const MOST = 12

export function hitsBlock(hits: readonly HitLine[], view: View): Block {
  const { locale } = view
  const t = speaker(locale)
  if (hits.length === 0) return { kind: 'note', text: t('没有命中流失用语。', 'No churn words in it.') }
  return {
    kind: 'table',
    columns: t('命中的词|类别|是否算数', 'Word|Class|Counts?').split('|'),
    rows: hits.slice(0, MOST).map(({ term, wordClass, own, counted, why }) => ({
      cells: [
        shown(term, LIMITS.cell),
        shown((own ?? WORD_CLASS[wordClass])[locale], LIMITS.cell),
        counted ? t('算数', 'Yes') : t(`不算：${why.zh}`, `No: ${why.en}`),
      ],
    })),
  }
}
