import type { Chart, View } from '../src/chat/card.ts'
import { DAY } from '../src/clock.ts'
import type { Storm } from '../src/sentinel/storm.ts'
import { capital, speaker } from './language.ts'
import { day } from './times.ts'

/** Over, or closed by a person: it is counted on no more. */
export const isPast = ({ endedAt, closedAt }: Storm): boolean => endedAt !== null || closedAt !== null

/** Of a word people are counted, who may have said it more than once. */
export const unitOf = (kind: Storm['kind']): string => (kind === 'word' ? '人' : '条')

/** The last weeks by day, up to when its voices were counted last. */
export function chartOf(storm: Storm, view: View): Chart {
  const t = speaker(view.locale)
  const { kind, what, figures, hotAt } = storm
  const { days } = figures
  const [of, title] =
    kind === 'word' ? ['人', t('每天多少人说', 'People a day')] : ['条', t('每天的反馈', 'Voices a day')]
  const until = figures.at === undefined ? +hotAt : Date.parse(figures.at)
  const at = (index: number): number => until - (days.length - 1 - index) * DAY
  return {
    kind: 'chart',
    title: what === 'volume' ? title : t('每天的差评', 'Negative voices a day'),
    says: isPast(storm)
      ? t(
          `${days.length} 天里最多 ${Math.max(...days)} ${of}`,
          `${Math.max(...days)} at most in ${days.length} days`,
        )
      : t(
          `近 ${days.length} 天最多 ${Math.max(...days)} ${of}，最近 24 小时 ${figures.count} ${of}`,
          `${Math.max(...days)} at most in ${days.length} days, ${figures.count} in the last 24 hours`,
        ),
    draw: 'bars',
    points: days.map((value, index) => ({
      at: at(index),
      value,
      label: t(`${day(at(index), view)}：${value}`, `${capital(day(at(index), view))}: ${value}`),
    })),
    ends: { from: capital(day(at(0), view)), to: capital(day(at(days.length - 1), view)) },
  }
}
