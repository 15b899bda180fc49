import type { Block, Template, View } from '../src/chat/card.ts'
import { ownValue } from '../src/own-value.ts'
import type { Merge, MergedOne } from '../src/records/merge.ts'
import type { CustomerKey } from '../src/records/record.ts'
import { type Text, text } from '../src/text.ts'
import { capital, speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { maskedKey } from './mask.ts'
import { personName } from './names.ts'
import { noteCard } from './note.ts'
import { counted, number } from './numbers.ts'
import { type Paging, pageButtons, pageOf } from './pages.ts'
import { moment } from './times.ts'
import { alertNo, customerNo } from './words.ts'

/** Merges a page can hold and still be a card. */
export const MERGES_PAGE = 12

export interface MergesCardData extends Paging {
  /** A customer's number; null: everyone's. */
  readonly about: number | null
  readonly rows: readonly (Merge & { readonly byName: Text })[]
  readonly total: number
  readonly maySplit: boolean
}

/** Who is one customer by which key. Keys that one can be reached by are masked. */
export const mergesCard: Template<MergesCardData> = (data, view) => {
  const { about, rows, total, maySplit } = data
  const t = speaker(view.locale)
  const title =
    about === null
      ? t('合并的客户', 'Merged customers')
      : t(zh`${customerNo(about)}的合并`, `Merges of ${customerNo(about)}`)
  const count = t(`共 ${total} 次`, `${total} in all`) + pageOf(data, view)
  const none = t('没有合并过。', 'Nobody was merged.')
  const table: Block = {
    kind: 'table',
    columns: t(
      '时间|客户|并入|共同的标识|来源|状态',
      'When|Customer|Part of|Key they share|Source|State',
    ).split('|'),
    rows: rows.slice(0, MERGES_PAGE).map((merge) => ({
      cells: [
        capital(moment(merge.at, view)),
        oneOf(merge.absorbed),
        oneOf(merge.stays),
        shown(keyWords(merge.key, view), LIMITS.name),
        shown(merge.source, LIMITS.cell),
        stateWords(merge, view),
      ],
      command:
        maySplit && merge.state === 'merged'
          ? `split ${customerNo(merge.absorbed.no)}`
          : `show ${customerNo(merge.absorbed.no)}`,
    })),
  }
  const how = t(
    '拆开：split C-34；再合并：split undo C-34',
    'To split: split C-34. To merge again: split undo C-34',
  )
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: count,
    blocks: [
      rows.length === 0 ? { kind: 'text', text: none } : table,
      ...(maySplit && rows.length > 0 ? [{ kind: 'note', text: how } as const] : []),
    ],
    buttons: pageButtons(data, 'merges', about === null ? '' : customerNo(about), view),
    fallback: rows.length === 0 ? none : `${title}${t('：', ': ')}${count}`,
  })
}

const KEY_KIND: Readonly<Record<string, Text>> = {
  phone: text('手机号', 'phone'),
  email: text('邮箱', 'e-mail'),
  vin: text('车架号', 'VIN'),
  crm: text('CRM 编号', 'CRM id'),
}

/** "手机号 138****" / "phone 138****". */
function keyWords(key: CustomerKey, { locale }: View): string {
  const { kind } = key
  const name = ownValue(KEY_KIND, kind)?.[locale] ?? kind
  return `${name} ${maskedKey(key)}`
}

const oneOf = ({ no, name }: MergedOne): string =>
  `${customerNo(no)} ${shown(name ?? '', LIMITS.name)}`.trim()

function stateWords(
  { state, openCases, by, byName }: MergesCardData['rows'][number],
  { locale }: View,
): string {
  const t = speaker(locale)
  if (state === 'waiting') {
    if (openCases.length < 2) return t('等下次读取数据', 'at the next pull')
    const [first, second] = openCases.map(alertNo)
    return t(zh`等${first!}或${second!}结案`, `until ${first} or ${second} is closed`)
  }
  const who = by === 'foreshock' ? '' : personName(byName, locale)
  if (state === 'merged') return who === '' ? t('已合并', 'merged') : t(zh`${who}合并`, `merged by ${who}`)
  return t(zh`${who}拆开`, `split by ${who}`)
}

export interface SplitCardData {
  readonly no: number
  readonly name: string | null
  readonly from: number
  /** What they were merged by. */
  readonly key: CustomerKey
  readonly keys: readonly CustomerKey[]
  readonly events: number
  readonly voices: number
  readonly cases: readonly number[]
  readonly openCaseStays: number | null
}

/** What a split gives back, before anyone decides. */
export const splitCard: Template<SplitCardData> = (data, view) => {
  const { locale } = view
  const t = speaker(locale)
  const [one, whole] = [oneOf(data), customerNo(data.from)]
  const title = t(zh`拆开${one}和${whole}？`, `Split ${one} from ${whole}?`)
  const counts = t(
    zh`往来 ${number(data.events, locale)} 条，声音 ${number(data.voices, locale)} 条`,
    `${counted(data.events, 'event')}, ${counted(data.voices, 'voice')}`,
  )
  const stays = data.openCaseStays === null ? null : alertNo(data.openCaseStays)
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: t(zh`当初凭${keyWords(data.key, view)}合并`, `Merged by ${keyWords(data.key, view)}`),
    blocks: [
      { kind: 'text', text: t('还没有拆开。', 'Nothing has changed yet.') },
      {
        kind: 'fields',
        fields: [
          {
            label: t('还给它的标识', 'Keys given back'),
            value: data.keys.map((key) => keyWords(key, view)).join(t('、', ', ')),
          },
          { label: t('还给它的记录', 'Records given back'), value: counts },
          {
            label: t('还给它的单子', 'Cases given back'),
            value: data.cases.length === 0 ? '—' : data.cases.map(alertNo).join(t('、', ', ')),
          },
        ],
      },
      ...(stays === null
        ? []
        : [
            {
              kind: 'note' as const,
              text: t(
                zh`${stays}是合并期间开的，留在${whole}；如果说的是${customerNo(data.no)}的事，请结掉它。`,
                `${stays} was opened while they were one and stays with ${whole}; if it is about ${customerNo(data.no)}, close it.`,
              ),
            },
          ]),
      {
        kind: 'note',
        text: t(
          '拆开后不会再自动合并，下一次评估分别进行；可以用 split undo 再合并。',
          'They will not be merged again by themselves, and are judged one by one from the next scoring on; split undo merges them again.',
        ),
      },
    ],
    buttons: [
      {
        command: 'split',
        label: t('拆开', 'Split'),
        style: 'danger',
        args: `${customerNo(data.no)} confirm`,
      },
    ],
    fallback: `${title}${t('', ' ')}${counts}`,
  })
}

/** They are two again. */
export const splitNote: Template<{ readonly no: number; readonly from: number }> = (
  { no, from },
  { locale },
) => {
  const t = speaker(locale)
  return noteCard(
    'ok',
    t(
      zh`${customerNo(no)}和${customerNo(from)}已拆开`,
      `${customerNo(no)} and ${customerNo(from)} are two customers again`,
    ),
    t(
      zh`下一次评估分别进行。要再合并，输入 split undo ${customerNo(no)}。`,
      `They are judged one by one from the next scoring on. To merge them again, type split undo ${customerNo(no)}.`,
    ),
  )
}

/** They are one again. */
export const rejoinedNote: Template<{ readonly no: number }> = ({ no }, { locale }) => {
  const t = speaker(locale)
  return noteCard(
    'ok',
    t(zh`${customerNo(no)}已再次合并`, `${customerNo(no)} is merged again`),
    t(zh`要再拆开，输入 split ${customerNo(no)}。`, `To split them again, type split ${customerNo(no)}.`),
  )
}
