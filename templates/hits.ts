import type { Block, View } from '../src/chat/card.ts'
import type { WordClass } from '../src/signals/signal.ts'
import { type Text, text } from '../src/text.ts'
import { speaker } from './language.ts'
import { LIMITS, shown } from './limits.ts'
import { WORD_CLASS } from './words.ts'

/** A term found in some words, and why it counts or does not. */
export interface HitLine {
  readonly term: string
  /** As it stands in the words. */
  readonly written: string
  readonly wordClass: WordClass
  /** The company's own class it stands in. */
  readonly own?: Text | null
  /** 1 mild, 2 plain, 3 grave. */
  readonly severity: number
  readonly counted: boolean
  /** Why it does not count, or why it does without a word of the list; null: it stands there and is meant. */
  readonly why: Text | null
}

/** Terms a table can hold and still be read. */
const MOST = 12
/** From severity 1 to 3. */
const GRADES: readonly Text[] = [text('轻', 'Mild'), text('中', 'Plain'), text('重', 'Grave')]

export function hitsBlock(hits: readonly HitLine[], view: View): Block {
  const { locale } = view
  const t = speaker(locale)
  if (hits.length === 0) return { kind: 'note', text: t('没有命中流失用语。', 'No churn words in it.') }
  return {
    kind: 'table',
    columns: t('原文|词条|类别|程度|是否算数', 'As written|Word|Class|Severity|Counts?').split('|'),
    rows: hits.slice(0, MOST).map(({ term, written, wordClass, own, severity, counted, why }) => ({
      cells: [
        shown(written, LIMITS.cell),
        shown(term, LIMITS.cell),
        shown((own ?? WORD_CLASS[wordClass])[locale], LIMITS.cell),
        GRADES[severity - 1]![locale],
        [counted ? t('算数', 'Yes') : t('不算', 'No'), ...(why === null ? [] : [why[locale]])].join(
          t('：', ': '),
        ),
      ],
    })),
  }
}
