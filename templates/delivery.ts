import type { Block, Template } from '../src/chat/card.ts'
import type { DeadReason } from '../src/chat/outbox-rows.ts'
import { type Text, text } from '../src/text.ts'
import { speaker } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { noteCard } from './note.ts'
import { moment } from './times.ts'
import { CHAT } from './words.ts'

export interface DeliveryCardData {
  readonly waiting: number
  /** Since when the oldest of them is due; null: none is. */
  readonly oldest: Date | null
  readonly dead: readonly {
    readonly chat: string
    readonly channel: string
    readonly reason: DeadReason
    readonly error: string
    readonly count: number
  }[]
  readonly failing: readonly {
    readonly chat: string
    readonly channel: string
    readonly error: string
    readonly count: number
  }[]
  readonly paused: readonly { readonly chat: string; readonly channel: string; readonly until: Date }[]
  readonly repeated: number
  readonly unheard: number
  /** What people call a channel, by `chat channel`. */
  readonly named: ReadonlyMap<string, Text>
}

/** Why something did not arrive, and what mends it. */
export const DEAD_REASON: Readonly<Record<DeadReason, Text>> = {
  'channel-closed': text(
    '频道已归档、不存在，或机器人不在里面：把机器人请进去，或换个频道',
    'the channel is archived or unknown, or the bot is not in it: invite the bot, or use another channel',
  ),
  'token-refused': text(
    '凭证失效或权限不够：重新安装应用，更新凭证',
    'the token is revoked or lacks a scope: install the app again and renew the token',
  ),
  'card-refused': text(
    '平台不接受这张卡片，纯文字也不行',
    'the platform takes neither the card nor its plain text',
  ),
  'message-gone': text('原来的消息总是消失', 'its message keeps disappearing'),
  'edit-closed': text('原来的消息不能再改', 'its message can no longer be edited'),
  'rate-limited': text('平台一直说太频繁', 'the platform keeps saying: too often'),
  unavailable: text('平台一天都连不上', 'the platform could not be reached for a day'),
  unclear: text('平台一天都没有回音', 'the platform has not answered for a day'),
  refused: text('平台拒绝了', 'the platform said no'),
  failed: text('程序没能做出这条消息', 'the program could not make the message'),
}

const MOST = 10

/** How delivery stands: what waits, what was put aside and why. */
export const deliveryCard: Template<DeliveryCardData> = (data, view) => {
  const { locale } = view
  const t = speaker(locale)
  const where = ({ chat, channel }: { chat: string; channel: string }): string => {
    const name = (CHAT[chat] ?? { zh: chat, en: chat })[locale]
    const called = data.named.get(`${chat} ${channel}`)?.[locale] ?? channel
    return shown(channel === '' ? name : `${name} ${called}`, 48)
  }
  const dead = data.dead.reduce((sum, { count }) => sum + count, 0)
  const title =
    dead > 0
      ? t(`${dead} 条消息没有送到`, `${dead} ${dead === 1 ? 'message' : 'messages'} did not arrive`)
      : data.failing.length > 0
        ? t('有消息还没送到', 'Some messages have not arrived yet')
        : t('消息都送到了', 'Every message arrives')
  const reasons: Block[] =
    data.dead.length === 0
      ? []
      : [
          {
            kind: 'table',
            columns: t('频道|条数|原因|平台的说法', 'Channel|Count|Reason|In its words').split('|'),
            rows: data.dead.slice(0, MOST).map((line) => ({
              cells: [
                where(line),
                String(line.count),
                DEAD_REASON[line.reason][locale],
                shown(line.error, 80),
              ],
            })),
          },
        ]
  const failing: Block[] =
    data.failing.length === 0
      ? []
      : [
          {
            kind: 'steps',
            title: t('没送到，还在重试', 'Failed so far, tried again'),
            steps: data.failing
              .slice(0, MOST)
              .map((line) => `${where(line)} × ${line.count} · ${shown(line.error, 80)}`),
          },
        ]
  const paused: Block[] =
    data.paused.length === 0
      ? []
      : [
          {
            kind: 'steps',
            title: t('平台要求等一等', 'Told to wait'),
            steps: data.paused.slice(0, MOST).map((line) => `${where(line)} → ${moment(line.until, view)}`),
          },
        ]
  const since = data.oldest === null ? '' : moment(data.oldest, view)
  return withinLimits({
    accent: dead > 0 ? 'P1' : data.paused.length + data.failing.length > 0 ? 'P2' : 'good',
    title,
    blocks: [
      {
        kind: 'fields',
        fields: [
          {
            label: t('在排队', 'Waiting'),
            value:
              since === ''
                ? String(data.waiting)
                : t(`${data.waiting}（最早 ${since}）`, `${data.waiting} (since ${since})`),
          },
          { label: t('可能重复的', 'Possible repeats'), value: String(data.repeated) },
          { label: t('没能处理的操作', 'Requests that failed'), value: String(data.unheard) },
        ],
      },
      ...reasons,
      ...failing,
      ...paused,
    ],
    buttons:
      dead === 0
        ? []
        : [{ command: 'delivery', label: t('再试一次', 'Try again'), style: 'primary', args: 'retry' }],
    fallback: shown(title, LIMITS.field),
  })
}

export const deliveryRetriedNote: Template<{ readonly count: number }> = ({ count }, { locale }) => {
  const t = speaker(locale)
  if (count === 0) return noteCard('ok', t('没有要重发的消息', 'Nothing to send again'), '')
  return noteCard(
    'ok',
    t(`正在重发 ${count} 条消息`, `Sending ${count} ${count === 1 ? 'message' : 'messages'} again`),
    t('过一会儿用 delivery 看结果。', 'Type delivery in a moment to see how it went.'),
  )
}
