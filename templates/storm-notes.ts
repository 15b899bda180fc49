import type { Card, Form, Template } from '../src/chat/card.ts'
import type { StormAsked } from '../src/learning/notice.ts'
import type { StormCause, StormRefusal, StormView } from '../src/sentinel/storm.ts'
import type { Locale, Text } from '../src/text.ts'
import { speaker, zh } from './language.ts'
import { shown, withinLimits } from './limits.ts'
import { maskedVoice, personName } from './names.ts'
import { noteCard } from './note.ts'
import { STORM_CAUSE, stormNo, stormState, stormTitle, todayWords } from './storm.ts'
import { day } from './times.ts'

/** What a thread is told of a storm: its own, or that of a case which belongs to it. */
export type StormLine = Pick<StormView, 'storm' | 'about' | 'ownerName' | 'closedByName'> & {
  readonly told: 'joined' | 'closed' | 'claimed' | 'ended'
}

export const stormLine: Template<StormLine> = (data, view) => {
  const line = lineOf(data, view.locale, stormTitle(data, view))
  const note = data.told === 'closed' ? shown(maskedVoice(data.storm.note, null), 200) : ''
  return withinLimits({
    accent: data.told === 'joined' ? 'P2' : 'neutral',
    title: line,
    blocks: note === '' ? [] : [{ kind: 'text', text: note }],
    buttons: [],
    fallback: line,
  })
}

function lineOf({ storm, told, ownerName, closedByName }: StormLine, locale: Locale, title: string): string {
  const t = speaker(locale)
  const no = stormNo(storm.no)
  const name = (who: Text | null): string => (who === null ? '?' : personName(who, locale))
  switch (told) {
    case 'joined':
      return t(
        zh`不止这一位：${no} ${title}，这位客户也说到了。`,
        `Not the only one: this customer’s voice is part of ${no} (${title}).`,
      )
    case 'closed': {
      const cause = STORM_CAUSE[storm.cause ?? 'nothing'][locale]
      return t(
        zh`${name(closedByName)}关闭了 ${no}：${cause}。`,
        `${name(closedByName)} closed ${no}: ${cause.charAt(0).toLowerCase()}${cause.slice(1)}.`,
      )
    }
    case 'claimed':
      return t(zh`${name(ownerName)}认领了。`, `${name(ownerName)} claimed this.`)
    case 'ended':
      return t('连续 3 天回到平时水平，已自动结束。', 'As usual for three days: it is over.')
  }
}

/** To who answers for what it is about, in their own chat or mailbox. */
export const stormAsked: Template<StormAsked> = (asked, view) => {
  const t = speaker(view.locale)
  const { no, count, customers, what } = asked
  const title = stormTitle({ storm: asked, about: asked.about }, view)
  const negative = what === 'volume' ? '' : t('差评', ' negative')
  const told = t(
    `近 24 小时 ${count} 条${negative}，涉及 ${customers} 位客户。这块由你负责，看看是怎么回事。`,
    `${count}${negative} voices in 24 hours, of ${customers} customers. It is yours to answer for: please find out why.`,
  )
  const args = `claim ${stormNo(no)}`
  return withinLimits({
    accent: 'P1',
    badge: stormNo(no),
    title,
    blocks: [
      { kind: 'text', text: told },
      {
        kind: 'note',
        text: t(zh`输入 storms ${stormNo(no)} 看详情。`, `Type storms ${stormNo(no)} for the rest.`),
      },
    ],
    buttons: [{ command: 'storms', label: t('我来处理', 'I take it'), style: 'primary', args }],
    fallback: `${stormNo(no)} · ${title}`,
  })
}

export interface StormNote {
  readonly no: number
  readonly did: 'claimed' | 'closed' | 'undone' | 'asked'
  readonly seconds: number
}

/** The answer to a step on a storm, with the way back for as long as there is one. */
export const stormNote: Template<StormNote> = ({ no, did, seconds }, { locale }) => {
  const t = speaker(locale)
  const name = stormNo(no)
  const words: Readonly<Record<StormNote['did'], readonly [string, string]>> = {
    claimed: [
      t(zh`${name} 归你了`, `${name} is yours`),
      t(
        '弄清楚是什么事后点“关闭”，相关预警会收到结论。',
        'Once you know what it is, press Close: its cases are told.',
      ),
    ],
    closed: [
      t(zh`${name} 已关闭`, `${name} is closed`),
      t(
        '过了可撤销的时间，相关预警的话题里会写上结论。',
        'Once it can no longer be undone, the threads of its cases are told.',
      ),
    ],
    undone: [
      t(zh`${name} 已撤销`, `${name}: undone`),
      t('恢复到之前的样子。', 'It stands as it did before.'),
    ],
    asked: [
      t(zh`${name} 还差一步`, `${name}: one more step`),
      t('请填写表单，提交后才会生效。', 'Fill in the form; nothing changes until you send it.'),
    ],
  }
  const [title, body] = words[did]
  const card = noteCard(did === 'asked' ? 'warn' : 'ok', title, body)
  if (did !== 'claimed' && did !== 'closed') return card
  const label = t('撤销', 'Undo')
  return { ...card, buttons: [{ command: 'storms', label, style: 'plain', args: `undo ${name}`, seconds }] }
}

export const stormRefused: Template<{
  readonly no: number
  readonly refusal: StormRefusal
  readonly ownerName: Text | null
}> = ({ no, refusal, ownerName }, { locale }) => {
  const t = speaker(locale)
  const name = stormNo(no)
  const owner = ownerName === null ? '?' : personName(ownerName, locale)
  const why: Readonly<Record<StormRefusal, string>> = {
    over: t('它已经关闭或平息了。', 'It is closed or over already.'),
    theirs: t(zh`${owner}已经认领了。`, `${owner} has claimed it already.`),
    'not-yours': t(
      '最近一步是别人做的，只有本人能撤销。',
      'Someone else made the last move; only they can take it back.',
    ),
    nothing: t('最近没有你可以撤销的操作。', 'There is no recent action of yours to take back.'),
    'too-late': t('已经过了可以撤销的时间。', 'It can no longer be undone.'),
  }
  return noteCard('warn', t(zh`${name} 没有改动`, `${name} stays as it is`), why[refusal])
}

/** Closing a storm. Fields: cause, note. */
export function closeStormForm(locale: Locale): Form {
  const t = speaker(locale)
  return {
    title: t('这是怎么回事', 'What it was'),
    submit: t('关闭', 'Close'),
    fields: [
      {
        kind: 'select',
        name: 'cause',
        label: t('结论', 'What it was'),
        options: (Object.keys(STORM_CAUSE) as StormCause[]).map((value) => ({
          value,
          label: STORM_CAUSE[value][locale],
        })),
      },
      {
        kind: 'text',
        name: 'note',
        label: t('说明', 'In words'),
        placeholder: t(
          '例如：新批次电池有问题，已开始召回',
          'For example: a bad batch of batteries, recall begun',
        ),
        multiline: true,
      },
    ],
  }
}

/** Storms running and past. */
export const stormsCard: Template<{
  readonly storms: readonly Pick<StormView, 'storm' | 'about' | 'ownerName'>[]
}> = ({ storms }, view): Card => {
  const t = speaker(view.locale)
  const running = storms.filter(({ storm }) => storm.endedAt === null && storm.closedAt === null).length
  const title = t('舆情突增', 'Storms')
  const count = running === 0 ? t('现在没有', 'None now') : t(`${running} 个正在进行`, `${running} running`)
  return withinLimits({
    accent: running > 0 ? 'P1' : 'neutral',
    title,
    subtitle: count,
    blocks: [
      storms.length === 0
        ? {
            kind: 'text',
            text: t('还没有出现过突增。', 'There has been none so far.'),
          }
        : {
            kind: 'table',
            columns: t('编号|什么事|状态|开始|数量|处理人', 'No.|What|State|Since|How many|Owner').split('|'),
            rows: storms.map(({ storm, about, ownerName }) => ({
              cells: [
                stormNo(storm.no),
                stormTitle({ storm, about }, view),
                stormState(storm, view),
                day(storm.startedAt, view),
                todayWords(storm, view),
                ownerName === null ? '—' : personName(ownerName, view.locale),
              ],
              command: `storms ${stormNo(storm.no)}`,
            })),
          },
    ],
    buttons: [],
    fallback: `${title}${t('：', ': ')}${count}`,
  })
}
