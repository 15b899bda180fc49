import type { Block, Button, Template, View } from '../src/chat/card.ts'
import { type Text, text } from '../src/text.ts'
import type { CustomerFacts } from '../src/timeline/history.ts'
import type { Label } from '../src/voice/sentiment-reader.ts'
import { channelWords } from './kinds.ts'
import { capital, speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { quoted } from './marked.ts'
import { customerName, maskedVoice } from './names.ts'
import { type Paging, pageButtons, pageOf } from './pages.ts'
import { day } from './times.ts'
import { customerNo, voiceNo } from './words.ts'

/** Voices a page can hold and still be a card. */
export const VOICES_PAGE = 8

/** A voice as a card shows it. */
export interface VoiceLine {
  readonly no: number
  readonly at: Date
  readonly channel: string
  /** The sentence that matters, or all of it. */
  readonly said: string
  /** Words that were looked for, as the voice writes them. */
  readonly marked: readonly string[]
  /** Null: nobody knows whose it is. */
  readonly customer: CustomerFacts | null
  readonly site: string | null
  readonly product: string | null
  readonly topics: readonly Text[]
  readonly label: Label
  /** A person said so. */
  readonly corrected: boolean
}

export interface VoicesCardData extends Paging {
  /** What was looked for, as typed. */
  readonly asked: string
  readonly lines: readonly VoiceLine[]
  readonly total: number
  /** There are more than these. */
  readonly more: boolean
  /** Nothing said before this was looked at; null: everything was. */
  readonly back: Date | null
  /** A word nobody has said, and the one that was probably meant. */
  readonly likely: { readonly said: string; readonly meant: string } | null
  /** Nothing was found, and some voices have not been read yet. */
  readonly unread: boolean
  readonly maskNames: boolean
}

export const MOOD_OF: Readonly<Record<Label, Text>> = {
  negative: text('负面', 'negative'),
  neutral: text('中性', 'neutral'),
  positive: text('正面', 'positive'),
}

/** What customers said, a quote each, the words looked for marked. */
export const voicesCard: Template<VoicesCardData> = (data, view) => {
  const t = speaker(view.locale)
  const { total, more } = data
  const asked = shown(data.asked, 60)
  const title = t('客户反馈', 'What customers said')
  const number = total.toLocaleString('en')
  const count = t(
    more ? `${number} 条以上` : `共 ${number} 条`,
    more ? `${number} or more` : `${number} in all`,
  )
  const blocks: Block[] =
    total === 0
      ? [{ kind: 'text', text: noneFound(data, view) }, ...unreadNote(data, view), ...backNote(data, view)]
      : [
          ...data.lines.slice(0, VOICES_PAGE).map((line) => quoteOf(line, data.maskNames, view)),
          {
            kind: 'note',
            text: t(
              '看一条的详情：search V-12；改标签：label V-12 negative',
              'To open one: search V-12. To correct it: label V-12 negative',
            ),
          },
          ...backNote(data, view),
        ]
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: total === 0 ? asked : `${asked} · ${count}${pageOf(data, view)}`,
    blocks,
    // Cut, the words would find something else.
    ...(total === 0 || data.asked.length > 300 ? {} : { table: `search ${shown(data.asked, 300)}` }),
    buttons: [...likelyButton(data), ...pageButtons(data, 'search', shown(data.asked, 300), view)],
    fallback: total === 0 ? noneFound(data, view) : `${title}${t('：', ': ')}${asked} · ${count}`,
  })
}

function noneFound({ asked, likely }: VoicesCardData, { locale }: View): string {
  const t = speaker(locale)
  if (likely === null) {
    const words = shown(asked, 60)
    return t(
      `没有反馈提到“${words}”。少写几个词，或去掉筛选条件再试。`,
      `Nobody has said "${words}". Try fewer words, or leave out a filter.`,
    )
  }
  const [said, meant] = [shown(likely.said, 30), shown(likely.meant, 30)]
  return t(`没人说过“${said}”，是不是想找“${meant}”？`, `Nobody has said "${said}"; did you mean "${meant}"?`)
}

function unreadNote({ unread }: VoicesCardData, { locale }: View): Block[] {
  if (!unread) return []
  const note = speaker(locale)(
    '还有新反馈没有读完，最迟一小时后能搜到。',
    'Some voices are still waiting to be read; within the hour they can be found.',
  )
  return [{ kind: 'note', text: note }]
}

function backNote({ back, more }: VoicesCardData, view: View): Block[] {
  if (back === null || more) return []
  const since = day(back, view)
  const note = speaker(view.locale)(
    zh`按阶段只找了${since}以来的反馈；更早的，加 until: 和日期再找。`,
    `By stage only what was said since ${since} was looked at; for older voices add until: and a day.`,
  )
  return [{ kind: 'note', text: note }]
}

/** Looks for what was probably meant. */
function likelyButton({ asked, likely }: VoicesCardData): Button[] {
  if (likely === null) return []
  const meant = shown(likely.meant, 30)
  const args = asked.includes(likely.said) ? asked.replace(likely.said, () => meant) : meant
  return [{ command: 'search', label: meant, style: 'primary', args }]
}

function quoteOf(line: VoiceLine, masked: boolean, view: View): Block {
  const words = masked ? maskedVoice(line.said, line.customer?.name ?? null) : line.said
  return quoted(shown(words, LIMITS.quote), aboutVoice(line, masked, view), line.marked)
}

/** "V-12 · 聊天 · 5月31日 · 负面 · 服务态度 · 王芳 C-2" */
export function aboutVoice(line: VoiceLine, masked: boolean, view: View): string {
  const { locale } = view
  const { no, channel, at, topics, customer } = line
  return [
    voiceNo(no),
    capital(shown(channelWords(channel)[locale], LIMITS.cell)),
    day(at, view),
    moodWords(line, view),
    ...topics.slice(0, 2).map((topic) => shown(topic[locale], LIMITS.cell)),
    ...(customer === null
      ? []
      : [`${shown(customerName(customer, masked, locale), 14)} ${customerNo(customer.no)}`]),
  ].join(' · ')
}

/** The mood, and whether a person said so. */
export function moodWords({ label, corrected }: VoiceLine, { locale }: View): string {
  const mood = MOOD_OF[label][locale]
  return corrected ? speaker(locale)(`${mood}（人工）`, `${mood} (by hand)`) : mood
}
