import type { Block, View } from '../src/chat/card.ts'
import { ownValue } from '../src/own-value.ts'
import type { JobReport } from '../src/records/job-report.ts'
import { speaker } from './language.ts'
import { shown } from './limits.ts'
import { number } from './numbers.ts'
import { duration, moment } from './times.ts'

/** The last run of one scheduled job. */
export interface JobLine {
  readonly job: string
  readonly startedAt: Date
  /** Null: still at work, or cut off. */
  readonly finishedAt: Date | null
  readonly report: JobReport | null
  readonly error: string | null
}

const NAMES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  pull: ['读取数据', 'Reading data'],
  read: ['阅读反馈', 'Reading voices'],
  sentinel: ['舆情监测', 'Storm watch'],
  score: ['评分', 'Scoring'],
  sla: ['查看时限', 'Deadlines'],
  'follow-up': ['观察回访', 'Watch'],
  digest: ['周报', 'Weekly report'],
  care: ['自动关怀', 'Automated care'],
  mail: ['邮件通知', 'Staff mail'],
  morning: ['早上的清单', 'Morning lists'],
  remind: ['改进提醒', 'Theme reminders'],
  retrain: ['训练模型', 'Training'],
  drift: ['检查模型', 'Model check'],
  tries: ['规则试行', 'Rule tries'],
  advise: ['调整建议', 'Advice'],
  review: ['定期复盘', 'Reviews'],
  retention: ['清理旧数据', 'Data expiry'],
}

/** More than there are jobs. */
const MOST = 24

/** When each job last ran, for how long, and what it did or why it failed. */
export function jobsBlock(jobs: readonly JobLine[], view: View): Block {
  const t = speaker(view.locale)
  if (jobs.length === 0)
    return { kind: 'note', text: t('后台任务还没有运行过。', 'No scheduled job has run yet.') }
  return {
    kind: 'table',
    columns: t('任务|最近一次|用时|结果', 'Job|Last run|Took|Result').split('|'),
    rows: jobs.slice(0, MOST).map((line) => ({
      cells: [nameOf(line.job, view), moment(line.startedAt, view), took(line, view), result(line, view)],
    })),
  }
}

function nameOf(job: string, { locale }: View): string {
  const name = ownValue(NAMES, job)
  return name === undefined ? shown(job, 20) : speaker(locale)(...name)
}

function took({ startedAt, finishedAt }: JobLine, { locale }: View): string {
  const t = speaker(locale)
  if (finishedAt === null) return t('未结束', 'not ended')
  const span = finishedAt.getTime() - startedAt.getTime()
  if (span >= 60_000) return duration(span, locale)
  const seconds = number(Math.round(span / 100) / 10, locale)
  return t(`${seconds} 秒`, `${seconds} s`)
}

function result({ report, error }: JobLine, { locale }: View): string {
  const t = speaker(locale)
  if (error !== null) return t(`出错：${shown(error, 80)}`, `Failed: ${shown(error, 80)}`)
  if (report === null) return '—'
  const { skipped = 0, sourcesSlow = 0 } = report.more ?? {}
  const count = (rows: number) => number(rows, locale)
  return [
    t(`看过 ${count(report.seen)}`, `${count(report.seen)} seen`),
    t(`变更 ${count(report.changed)}`, `${count(report.changed)} changed`),
    ...(report.failed > 0 ? [t(`失败 ${count(report.failed)}`, `${count(report.failed)} failed`)] : []),
    ...(sourcesSlow > 0
      ? [
          t(
            `${sourcesSlow} 个数据源较慢，仍在读取`,
            `${sourcesSlow} slow ${sourcesSlow === 1 ? 'source' : 'sources'} still being read`,
          ),
        ]
      : []),
    ...(skipped > 0
      ? [t(`因上次未结束跳过 ${skipped} 次`, `${skipped} skipped while the last one ran`)]
      : []),
  ].join(t('，', ', '))
}
