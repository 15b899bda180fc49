import type { Block, Card, Template, View } from '../src/chat/card.ts'
import type { OutsideEvent } from '../src/reports/outside-event.ts'
import type { Moved, Theme, ThemeEffect } from '../src/reports/theme-effect.ts'
import type { TopicAlerts } from '../src/reports/voice-rows.ts'
import { type Text, text } from '../src/text.ts'
import { outsideBlocks } from './calendar.ts'
import { speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { personName } from './names.ts'
import { noteCard } from './note.ts'
import { type Paging, pageButtons, pageOf } from './pages.ts'
import { alertBlocks } from './theme-alerts.ts'
import { type TellThem, tellBlocks } from './theme-tell.ts'
import { calendarDay, day } from './times.ts'
import { changeWords, estimateCell, rangesNote, TOPIC_NAME } from './voc-words.ts'

/** Themes a page can hold. */
export const THEME_PAGE = 10

export interface ShownTheme extends Theme {
  readonly name: Text
  readonly ownerName: Text | null
  readonly byName: Text
  readonly doneByName: Text | null
  /** Null: not done, or less than a week ago. */
  readonly effect: ThemeEffect | null
}

export interface ThemesCardData extends Paging {
  readonly themes: readonly ShownTheme[]
  readonly total: number
  /** `2026-12-01`, the team's. */
  readonly today: string
}

export interface ThemeCardData {
  readonly theme: ShownTheme
  /** Alerts that came within so many days of complaints made before it was mended. */
  readonly alerts: TopicAlerts
  readonly alertDays: number
  /** Null: nothing to tell yet. */
  readonly tell: TellThem | null
  /** What else happened in the weeks that are compared. */
  readonly outside: readonly OutsideEvent[]
  readonly today: string
  /** Fewer than this make no figure. */
  readonly enough: number
}

const SHARE = { unit: 'share', better: 'down' } as const
const COMPLAINTS = text('差评占全部反馈', 'Complaints among all voices')
const BAD = text('提到时的差评率', 'Negative when spoken of')

/** What is being mended and what came of it. */
export const themesCard: Template<ThemesCardData> = (data, view) => {
  const { locale } = view
  const t = speaker(locale)
  const title = t('改进主题', 'Themes')
  const count = t(`共 ${data.total} 个`, `${data.total} in all`) + pageOf(data, view)
  const table: Block = {
    kind: 'table',
    columns: t('编号|话题|交给|状态|差评占比前后', 'No|Topic|Whose|State|Complaints before and after').split(
      '|',
    ),
    rows: data.themes.slice(0, THEME_PAGE).map((theme) => ({
      cells: [
        `T-${theme.no}`,
        shown(theme.name[locale], TOPIC_NAME),
        whose(theme, view),
        stateWords(theme, data.today, view),
        theme.effect === null ? '—' : changeWords(SHARE, theme.effect.complaints.change, locale),
      ],
      command: `theme T-${theme.no}`,
    })),
  }
  const none = t('还没有主题。', 'There are no themes yet.')
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: count,
    blocks: [
      data.themes.length === 0 ? { kind: 'text', text: none } : table,
      {
        kind: 'note',
        text: t(
          '新建：theme add 等待 售后部 lin 2026-12-01；改好后：theme done T-3 改好了什么',
          'To add one: theme add waiting support lin 2026-12-01. Once mended: theme done T-3 WHAT',
        ),
      },
    ],
    buttons: pageButtons(data, 'theme', 'list', view),
    fallback: `${title}${t('：', ': ')}${count}`,
  })
}

/** One theme: whose it is, what changed since it was mended, and whom to tell. */
export const themeCard: Template<ThemeCardData> = (data, view) => {
  const { theme } = data
  const { locale } = view
  const t = speaker(locale)
  const title = `T-${theme.no} · ${shown(theme.name[locale], 60)}`
  const state = stateWords(theme, data.today, view)
  return withinLimits({
    accent: theme.doneAt === null ? (isLate(theme, data.today) ? 'P1' : 'neutral') : 'good',
    title,
    subtitle: state,
    blocks: [
      {
        kind: 'fields',
        fields: [
          { label: t('交给', 'Whose'), value: whose(theme, view) },
          {
            label: t('提出', 'Raised by'),
            value: `${personName(theme.byName, locale)} · ${day(theme.createdAt, view)}`,
          },
          ...(theme.fixed === null
            ? []
            : [{ label: t('改好了什么', 'What was mended'), value: shown(theme.fixed, LIMITS.field) }]),
        ],
      },
      ...effectBlocks(data, view),
      ...alertBlocks(data.alerts, data.alertDays, view),
      ...tellBlocks(theme, data.tell, view),
    ],
    buttons: [],
    fallback: `${title}${t('：', ': ')}${state}`,
  })
}

export const themeAddedNote: Template<ShownTheme> = (theme, view): Card => {
  const t = speaker(view.locale)
  const name = shown(theme.name[view.locale], 60)
  return noteCard(
    'ok',
    t(
      zh`T-${theme.no}：“${name}”交给${whose(theme, view)}`,
      `T-${theme.no}: "${name}" goes to ${whose(theme, view)}`,
    ),
    (theme.due === null
      ? ''
      : t(`期限 ${calendarDay(theme.due, view)}。`, `Due ${calendarDay(theme.due, view)}. `)) +
      t(`改好后：theme done T-${theme.no} 改好了什么`, `Once mended: theme done T-${theme.no} WHAT`),
  )
}

function whose({ ownerName, department }: ShownTheme, { locale }: View): string {
  const both = [
    department === null ? '' : shown(department, LIMITS.name),
    ownerName === null ? '' : personName(ownerName, locale),
  ]
  return both.filter(Boolean).join(' · ')
}

function isLate({ due, doneAt }: Theme, today: string): boolean {
  return doneAt === null && due !== null && due < today
}

function stateWords(theme: ShownTheme, today: string, view: View): string {
  const t = speaker(view.locale)
  const { due, doneAt, doneByName } = theme
  if (doneAt !== null) {
    const who = doneByName === null ? '' : personName(doneByName, view.locale)
    return t(zh`${day(doneAt, view)}完成（${who}）`, `done ${day(doneAt, view)} (${who})`)
  }
  if (due === null) return t('改进中', 'under way')
  const until = calendarDay(due, view)
  return isLate(theme, today)
    ? t(`已逾期（${until}）`, `overdue (${until})`)
    : t(`${until}前完成`, `due ${until}`)
}

function effectBlocks(data: ThemeCardData, view: View): Block[] {
  const { doneAt, effect } = data.theme
  const t = speaker(view.locale)
  if (doneAt === null) return []
  if (effect === null)
    return [{ kind: 'text', text: t('还不到一周，看不出变化。', 'Less than a week: too early to tell.') }]
  const { weeks, before, after } = effect
  const row = (name: Text, moved: Moved, of: number, ofAfter: number) => ({
    cells: [
      name[view.locale],
      estimateCell('share', moved.before, of, view.locale),
      estimateCell('share', moved.after, ofAfter, view.locale),
      changeWords(SHARE, moved.change, view.locale),
    ],
  })
  return [
    {
      kind: 'table',
      columns: [
        t('指标', 'Figure'),
        t(`之前 ${weeks} 周`, `${weeks} weeks before`),
        t(`之后 ${weeks} 周`, `${weeks} weeks after`),
        t('变化', 'Change'),
      ],
      rows: [
        row(COMPLAINTS, effect.complaints, before.read, after.read),
        row(BAD, effect.bad, before.about, after.about),
      ],
    },
    ...outsideBlocks(data.outside, view),
    rangesNote(data.enough, view),
  ]
}
