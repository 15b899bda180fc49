import type { Template } from '../src/chat/card.ts'
import type { AlertTier } from '../src/risk/assessment.ts'
import type { Locale, Text } from '../src/text.ts'
import { speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { noteCard } from './note.ts'
import { CHAT } from './words.ts'

export interface RouteLine {
  readonly id: string
  readonly chat: string
  readonly title: Text | null
  readonly tiers: readonly AlertTier[]
  readonly configured: readonly AlertTier[]
  /** Takes storms, the week's report and what the program tells its keepers. */
  readonly notices: boolean
  /** Takes whoever of high value says that they leave. */
  readonly retention: boolean
}

const MOST = 20

/** Which channel takes the cards of which tier. */
export const routeCard: Template<{ readonly routes: readonly RouteLine[] }> = ({ routes }, { locale }) => {
  const t = speaker(locale)
  const title = t('卡片发到哪里', 'Where cards go')
  const none = t('不收', 'None')
  return withinLimits({
    accent: 'neutral',
    title,
    blocks: [
      {
        kind: 'table',
        columns: t('频道|在哪|收哪些|配置里', 'Channel|Where|Takes|Configured').split('|'),
        rows: routes.slice(0, MOST).map((line) => ({
          cells: [
            shown(line.title === null ? line.id : `${line.title[locale]} (${line.id})`, 48),
            shown((CHAT[line.chat] ?? { zh: line.chat, en: line.chat })[locale], LIMITS.cell),
            takes(line, locale).join(t('、', ', ')) || none,
            line.configured.join() === line.tiers.join() ? '' : line.configured.join(' ') || none,
          ],
        })),
      },
      {
        kind: 'note',
        text: t(
          '修改：route set 频道 P0 P1；恢复：route reset 频道。只影响之后的卡片。',
          'To change: route set CHANNEL P0 P1. To go back: route reset CHANNEL. It is for cards from now on.',
        ),
      },
    ],
    buttons: [],
    fallback: `${title}${t('：', ': ')}${routes.map((line) => `${line.id} ${takes(line, locale).join(' ') || none}`).join('; ')}`,
  })
}

function takes({ tiers, retention, notices }: RouteLine, locale: Locale): string[] {
  const t = speaker(locale)
  return [
    ...(tiers.length === 0 ? [] : [tiers.join(' ')]),
    ...(retention ? [t('高价值客户要走', 'leaving, high value')] : []),
    ...(notices ? [t('通知', 'notices')] : []),
  ]
}

export const routeSetNote: Template<{
  readonly before: RouteLine
  readonly after: RouteLine
  /** Tiers that no channel takes now. */
  readonly lost: readonly AlertTier[]
}> = ({ before, after, lost }, { locale }) => {
  const t = speaker(locale)
  const none = t('不收', 'none')
  const [was, is] = [before.tiers.join(' ') || none, after.tiers.join(' ') || none]
  return noteCard(
    lost.length > 0 ? 'warn' : 'ok',
    after.tiers.length === 0
      ? t(zh`${after.id} 现在不收卡片`, `${after.id} now takes no cards`)
      : t(zh`${after.id} 现在收：${is}`, `${after.id} now takes: ${is}`),
    lost.length > 0
      ? t(
          `注意：没有频道收 ${lost.join('、')}，这些卡片无处可发。`,
          `Mind: no channel takes ${lost.join(', ')}; those cards have nowhere to go.`,
        )
      : t(`原来是：${was}。从下一张卡片起生效。`, `Before: ${was}. From the next card on.`),
  )
}
