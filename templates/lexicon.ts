import type { Card, Template, View } from '../src/chat/card.ts'
import type { WordClass } from '../src/signals/signal.ts'
import type { Text } from '../src/text.ts'
import { text } from '../src/text.ts'
import { type HitLine, hitsBlock } from './hits.ts'
import { speaker } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { quoted } from './marked.ts'
import { noteCard } from './note.ts'
import { pageButtons, pageOf } from './pages.ts'
import { WORD_CLASS } from './words.ts'

/** Terms a page can hold and still be a card. */
export const LEXICON_PAGE = 20

/** A word as a list names it. */
interface Named {
  readonly term: string
  readonly wordClass: WordClass
  /** The company's own class it stands in. */
  readonly own?: Text | null
  /** 1 mild, 2 plain, 3 grave; null: as its class has it. */
  readonly severity?: number | null
  /** Its other names. */
  readonly others?: readonly string[]
}

export interface LexiconLine extends Named {
  /** Added from chat, there from the start, or from the start and switched off. */
  readonly origin: 'added' | 'shipped' | 'off'
}

export type LexiconCardData =
  | {
      readonly kind: 'list'
      /** Words the list was narrowed to; empty: all. */
      readonly like: string
      readonly rows: readonly LexiconLine[]
      readonly total: number
      readonly page: number
      readonly pages: number
    }
  | { readonly kind: 'test'; readonly sentence: string; readonly hits: readonly HitLine[] }
  | ({ readonly kind: 'added' } & Named)
  | { readonly kind: 'removed'; readonly term: string }
  | { readonly kind: 'class-added'; readonly own: Text & { readonly id: string; readonly as: WordClass } }
  | { readonly kind: 'class-removed'; readonly id: string }

const ORIGIN: Readonly<Record<LexiconLine['origin'], Text>> = {
  added: text('自己加的', 'Added here'),
  shipped: text('自带', 'Shipped'),
  off: text('已停用', 'Switched off'),
}

/** The words that warn of a customer leaving: listed, tried out, added and switched off. */
export const lexiconCard: Template<LexiconCardData> = (data, view) => {
  const t = speaker(view.locale)
  switch (data.kind) {
    case 'list':
      return list(data, view)
    case 'test':
      return tried(data, view)
    case 'added':
      return noteCard(
        'ok',
        t(
          `已加入词库：“${namesOf(data, view)}”（${classOf(data, view)}）`,
          `Added "${namesOf(data, view)}" (${classOf(data, view)})`,
        ),
        t('从下一次评分起生效。', 'It counts from the next scoring on.'),
      )
    case 'class-added':
      return noteCard(
        'ok',
        t(
          `已建类别“${shown(data.own.zh, 40)}”（${data.own.id}）`,
          `New class "${shown(data.own.en, 40)}" (${data.own.id})`,
        ),
        t(
          `里面的词都算作“${WORD_CLASS[data.own.as].zh}”。加词：lexicon add ${data.own.id} 词`,
          `Its words count as "${WORD_CLASS[data.own.as].en}". To add one: lexicon add ${data.own.id} WORD`,
        ),
      )
    case 'class-removed':
      return noteCard(
        'ok',
        t(`已删除类别“${shown(data.id, 40)}”`, `The class "${shown(data.id, 40)}" is gone`),
        '',
      )
    case 'removed':
      return noteCard(
        'ok',
        t(`已停用：“${shown(data.term, 40)}”`, `"${shown(data.term, 40)}" no longer counts`),
        t(
          '从下一次评分起不再算数，已开的单子不受影响。',
          'From the next scoring on it is ignored; cases already open stay as they are.',
        ),
      )
  }
}

/** A term with its other names: "途虎 = 途虎养车、Tuhu". */
function namesOf({ term, others = [] }: Named, { locale }: View): string {
  return others.length === 0
    ? shown(term, 40)
    : shown(`${term} = ${others.join(locale === 'zh' ? '、' : ', ')}`, 60)
}

function classOf({ wordClass, own, severity = null }: Named, { locale }: View): string {
  const name = shown((own ?? WORD_CLASS[wordClass])[locale], 40)
  if (severity === null) return name
  return speaker(locale)(`${name}，严重程度 ${severity}`, `${name}, severity ${severity}`)
}

function list(data: Extract<LexiconCardData, { kind: 'list' }>, view: View): Card {
  const { locale } = view
  const t = speaker(locale)
  const title = t('流失用语', 'Churn words')
  const count = t(`共 ${data.total} 个`, `${data.total} in all`) + pageOf(data, view)
  const like = shown(data.like, 40)
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: like === '' ? count : `“${like}” · ${count}`,
    blocks: [
      data.rows.length === 0
        ? { kind: 'text', text: t('词库里没有这样的词。', 'No word like that.') }
        : {
            kind: 'table',
            columns: t('词|类别|来源', 'Word|Class|Origin').split('|'),
            rows: data.rows.slice(0, LEXICON_PAGE).map((line) => ({
              cells: [namesOf(line, view), classOf(line, view), ORIGIN[line.origin][locale]],
            })),
          },
      {
        kind: 'note',
        text: t(
          '增加：lexicon add strong 词；停用：lexicon remove 词',
          'To add one: lexicon add strong WORD. To stop one: lexicon remove WORD',
        ),
      },
    ],
    buttons: pageButtons(data, 'lexicon', `list ${like}`.trim(), view),
    fallback: `${title}${t('：', ': ')}${count}`,
  })
}

function tried({ sentence, hits }: Extract<LexiconCardData, { kind: 'test' }>, view: View): Card {
  const t = speaker(view.locale)
  const counted = hits.filter((hit) => hit.counted).length
  const title =
    counted > 0
      ? t(`会算作信号：${counted} 个词`, `This would count: ${counted} ${counted === 1 ? 'word' : 'words'}`)
      : t('不会算作信号', 'This would not count')
  return withinLimits({
    accent: counted > 0 ? 'P1' : 'neutral',
    title,
    blocks: [
      quoted(
        shown(sentence, LIMITS.quote),
        t('试的句子', 'The sentence tried'),
        hits.map(({ written }) => written),
      ),
      hitsBlock(hits, view),
    ],
    buttons: [],
    fallback: title,
  })
}
