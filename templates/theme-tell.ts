import type { Block, View } from '../src/chat/card.ts'
import type { Text } from '../src/text.ts'
import { capital, speaker, zh } from './language.ts'
import { LIMITS, shown } from './limits.ts'
import { maskedName, personName } from './names.ts'
import { day } from './times.ts'
import { customerNo } from './words.ts'

/** Customers a card names. */
export const TELL_THEM = 15

/** Who complained before it was mended and agreed to be contacted. */
export interface TellThem {
  readonly total: number
  /** Who did not agree to be contacted. */
  readonly withheld: number
  readonly rows: readonly {
    readonly no: number
    readonly name: string | null
    readonly language: string | null
    readonly at: Date
    readonly ownerName: Text | null
  }[]
}

/** What was mended, and what is said of it. */
interface Mended {
  readonly name: Text
  readonly fixed: string | null
}

/** A list for the owners; sending is theirs to do. */
export function tellBlocks(theme: Mended, tell: TellThem | null, view: View): Block[] {
  const { locale } = view
  const t = speaker(locale)
  if (tell === null) return []
  const withheld = t(
    `另有 ${tell.withheld} 位没有同意联系，不列出。`,
    ` ${tell.withheld} more did not agree to be contacted and are not named.`,
  )
  if (tell.total === 0) {
    const none = t('没有可以告知的客户。', 'There is no customer to tell.')
    return [{ kind: 'text', text: none + (tell.withheld > 0 ? withheld : '') }]
  }
  const count = t(
    zh`可以告知 ${tell.total} 位抱怨过的客户（同意联系），由各自的客户经理来说。`,
    `${tell.total} customers who complained and agreed to be contacted can be told, each by their CSM.`,
  )
  const languages = new Set(tell.rows.map(({ language }) => isChinese(language, locale)))
  return [
    {
      kind: 'table',
      columns: t('客户|客户经理|说的日期', 'Customer|CSM|Said').split('|'),
      rows: tell.rows.map(({ no, name, ownerName, at }) => ({
        cells: [
          `${customerNo(no)} ${maskedName(shown(name ?? '', LIMITS.name))}`.trim(),
          ownerName === null ? t('未指定', 'None') : personName(ownerName, locale),
          capital(day(at, view)),
        ],
        command: `show ${customerNo(no)}`,
      })),
    },
    ...[...languages].map((chinese): Block => ({ kind: 'text', text: draft(theme, chinese, view) })),
    { kind: 'note', text: count + (tell.withheld > 0 ? withheld : '') },
  ]
}

function isChinese(language: string | null, locale: 'zh' | 'en'): boolean {
  return language === null ? locale === 'zh' : language.toLowerCase().startsWith('zh')
}

/** For a person to send or to change; in the customer's language, what was mended in the words it was typed in. */
function draft({ name, fixed }: Mended, chinese: boolean, { locale }: View): string {
  const what = shown(fixed ?? '', 80)
  const head = speaker(locale)('告知草稿（不会自动发送）：', 'Draft (nothing is sent by itself): ')
  // "Service · Waiting" is how lists call it, not how one speaks to a customer.
  const part = (full: string) => shown(full.split(' · ').at(-1)!, LIMITS.name)
  return (
    head +
    (chinese
      ? `您好，您之前跟我们说过“${part(name.zh)}”方面的问题，谢谢您提醒。我们已经改进：${what}。欢迎再来看看，有不满意的地方请随时告诉我们。`
      : `Hello, some time ago you told us what went wrong with ${part(name.en).toLowerCase()}. Thank you. We have changed this: ${what}. Do come and see, and tell us what is still not right.`)
  )
}
