import type { Block, Button, Template, View } from '../src/chat/card.ts'
import type { Cause } from '../src/risk/assessment.ts'
import { type Text, text } from '../src/text.ts'
import { capital, speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { alertNo, CAUSE } from './words.ts'

export interface PlayCardData {
  /** Null: a case was named. */
  readonly asked: string | null
  readonly no: number | null
  readonly cause: Cause | null
  /** The best first. */
  readonly plays: readonly {
    readonly kind: 'talk' | 'faq' | 'success'
    readonly title: Text
    readonly body: Text
    readonly entitlement: Text | null
  }[]
}

const KINDS: readonly { readonly kind: PlayCardData['plays'][number]['kind']; readonly title: Text }[] = [
  { kind: 'talk', title: text('可以这样说、这样做', 'What to say and do') },
  { kind: 'faq', title: text('常见问题', 'Common questions') },
  { kind: 'success', title: text('过去怎么留住的', 'What kept customers before') },
]
/** Of each kind. */
const MOST = 3
/** Graphemes: a common question is a whole sentence. */
const TITLE = 100

/** What helps to speak with a customer: talk tracks, common questions, past successes. */
export const playCard: Template<PlayCardData> = ({ asked, no, cause, plays }, view) => {
  const t = speaker(view.locale)
  const what =
    no === null ? `“${shown(asked ?? '', 60)}”` : `${alertNo(no)} · ${CAUSE[cause ?? 'unknown'][view.locale]}`
  const title = t(zh`话术和做法：${what}`, `What helps: ${what}`)
  const found = KINDS.flatMap(({ kind, title: heading }) => {
    const own = plays.filter((each) => each.kind === kind).slice(0, MOST)
    return own.length === 0 ? [] : section(heading[view.locale], own, view)
  })
  const none = t(
    '没有找到。换个说法试试，例如“贵”“等太久”。',
    'Nothing found. Try other words, such as “price” or “waiting”.',
  )
  return withinLimits({
    accent: 'neutral',
    title,
    blocks: [
      ...(found.length === 0 ? [{ kind: 'text' as const, text: none }] : found),
      {
        kind: 'note',
        text: t(
          '过去的做法只取确认留住的客户，个人信息已隐去。',
          'What kept customers comes from confirmed cases only; personal data is masked.',
        ),
      },
    ],
    buttons: [],
    fallback: title,
  })
}

/** What helps with a case, a press away. */
export function playButton(no: number, { locale }: View): Button {
  return { command: 'play', label: speaker(locale)('话术', 'What helps'), style: 'plain', args: alertNo(no) }
}

function section(heading: string, plays: PlayCardData['plays'], { locale }: View): Block[] {
  const t = speaker(locale)
  return [
    { kind: 'text', text: heading },
    {
      kind: 'fields',
      fields: plays.map(({ title, body, entitlement }) => ({
        label: capital(shown(title[locale], TITLE)),
        value: shown(
          entitlement === null
            ? body[locale]
            : `${body[locale]} ${t('给了：', 'Granted: ')}${entitlement[locale]}`,
          LIMITS.field,
        ),
      })),
    },
  ]
}
