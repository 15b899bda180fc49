import type { Template } from '../src/chat/card.ts'
import type { Text } from '../src/text.ts'
import { capital, speaker } from './language.ts'
import { shown, withinLimits } from './limits.ts'
import { personName } from './names.ts'
import { pageButtons, pageOf } from './pages.ts'
import { moment } from './times.ts'

/** Changes a page can hold and still be a card. */
export const HISTORY_PAGE = 20

export interface HistoryCardData {
  /** The setting asked about; null: all of them. */
  readonly name: string | null
  readonly rows: readonly {
    readonly name: string
    readonly at: Date
    readonly by: Text
    /** "2 小时 → 4 小时" / "2 hours → 4 hours". */
    readonly move: Text
  }[]
  readonly total: number
  readonly page: number
  readonly pages: number
}

/** Who changed which setting when, the newest first. */
export const historyCard: Template<HistoryCardData> = (data, view) => {
  const { locale } = view
  const t = speaker(locale)
  const name = data.name === null ? '' : shown(data.name, 60)
  const title =
    name === '' ? t('设置的修改记录', 'Changes of settings') : t(`${name} 的修改记录`, `Changes of ${name}`)
  if (data.total === 0) {
    const never = t('没改过。', 'Never changed.')
    return {
      accent: 'neutral',
      title,
      blocks: [{ kind: 'text', text: never }],
      buttons: [],
      fallback: `${title}${t('：', ': ')}${never}`,
    }
  }
  const count = t(`共 ${data.total} 次`, `${data.total} in all`) + pageOf(data, view)
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: count,
    blocks: [
      {
        kind: 'table',
        columns: t('时间|设置|修改|谁', 'When|Setting|Change|Who').split('|'),
        rows: data.rows.slice(0, HISTORY_PAGE).map(({ name: own, at, by, move }) => ({
          cells: [capital(moment(at, view)), shown(own, 40), shown(move[locale], 80), personName(by, locale)],
        })),
      },
    ],
    buttons: pageButtons(data, 'config', `history ${name}`.trim(), view),
    fallback: `${title}${t('：', ': ')}${count}`,
  })
}
