import type { Block, Template, View } from '../src/chat/card.ts'
import { DAY } from '../src/clock.ts'
import type { Told } from '../src/reports/effect.ts'
import type { EffectReport } from '../src/reports/effect-report.ts'
import { speaker } from './language.ts'
import { withinLimits } from './limits.ts'
import { noteCard } from './note.ts'
import { counted, number, roundMoney } from './numbers.ts'
import { churnBlocks, holdoutBlock, reasonTable, tierTable } from './roi-blocks.ts'
import { estimateWords, type Measure, roiWords, toldWords } from './roi-words.ts'
import { workedRows } from './roi-worked.ts'
import { dataAge, day, daysBetween, stretch } from './times.ts'

export interface RoiCardData extends EffectReport {
  /** Fewer than this make no figure. */
  readonly enough: number
  readonly dataAgeHours: number
}

/** What others report, to be beaten. */
const TO_BEAT = { early: '76', lead: '62', auc: '0.82', retention: '58–67', automated: '85' } as const

/** Before the first case there is nothing to tell. */
export const noEffectNote: Template<null> = (_, { locale }) => {
  const t = speaker(locale)
  return noteCard(
    'ok',
    t('还没有预警，谈不上效果', 'No case yet, so no effect to tell'),
    t('第一个预警开出后，从那天算起。', 'It is told from the day the first case is opened.'),
  )
}

/** Whether the warnings are early and right, whether customers stay, and what comes back of what is spent. */
export const roiCard: Template<RoiCardData> = (data, view) => {
  const { locale } = view
  const t = speaker(locale)
  const { period, cases, fromCases } = data
  const title = t('效果与投入产出', 'Effect and return')
  const span = t(
    `${stretch(period, view)}，预警 ${number(cases, locale)} 个`,
    `${stretch(period, view)}, ${counted(cases, 'case')}`,
  )
  const brief = `${t('投入产出比：', 'ROI: ')}${roiWords(fromCases, view)}`
  const sure = fromCases.roi
  return withinLimits({
    accent: sure === null ? 'neutral' : sure.low > 0 ? 'good' : sure.high < 0 ? 'P2' : 'neutral',
    title,
    subtitle: span,
    blocks: [
      ...sinceNote(data, view),
      { kind: 'fields', fields: [...returnFields(data, view), ...costFields(data, view)] },
      measureTable(data, view),
      tierTable(data, view),
      ...reasonTable(data, view),
      ...churnBlocks(data.fall, view),
      ...holdoutBlock(data, view),
      { kind: 'note', text: valueNote(data, view) },
      { kind: 'note', text: workedNote(data, view) },
      { kind: 'note', text: knownNote(data, view) },
      { kind: 'note', text: dataAge(data.dataAgeHours, view) },
    ],
    buttons: [
      { command: 'roi', label: t('按客户经理', 'By CSM'), style: 'plain', args: 'team' },
      { command: 'roi', label: t('试点关口', 'Pilot’s gate'), style: 'plain', args: 'pilot' },
      { command: 'stats', label: t('团队概况', 'Team'), style: 'plain', args: '' },
    ],
    fallback: `${title} · ${span} · ${brief}`,
  })
}

/** Asked for more than there is: how much of it is known. */
function sinceNote({ period, live }: RoiCardData, view: View): Block[] {
  if (+live - +period.from < DAY) return []
  const { locale } = view
  const t = speaker(locale)
  const began = t(`第一个预警是${day(live, view)}开出的`, `The first case dates from ${day(live, view)}`)
  const [asked, known] = [daysBetween(period.from, period.to), daysBetween(live, period.to)]
  return [
    {
      kind: 'note',
      text:
        +period.to <= +live
          ? t(`${began}，这段时间还没有记录。`, `${began}, after this time: nothing is known of it.`)
          : t(
              `${began}：要看的 ${number(asked, locale)} 天里，只有 ${number(known, locale)} 天有记录。`,
              `${began}: of the ${number(asked, locale)} days asked for, ${number(known, locale)} ${known === 1 ? 'is' : 'are'} known.`,
            ),
    },
  ]
}

function returnFields(data: RoiCardData, view: View) {
  const { currency, fromCases, fromFall, keptCustomers, fallFrom, enough } = data
  const t = speaker(view.locale)
  const kept = number(keptCustomers, view.locale)
  const tooFew = t(
    `数据还不够（确认留住 ${kept} 位，至少要 ${enough} 位）`,
    `not enough data yet (${kept} kept, ${enough} needed)`,
  )
  const later =
    fallFrom === null
      ? t('这段时间里工作还不到 30 天，算不出', 'too short a time: it takes 30 days of work')
      : t(
          `数据还不够，最早 ${day(fallFrom, view)}可知`,
          `not enough data yet, known from ${day(fallFrom, view)} on`,
        )
  return [
    {
      label: t('留住的价值（按确认的个案）', 'Value kept (confirmed cases)'),
      value: fromCases.valueMinor === null ? tooFew : estimateWords({ currency }, fromCases.valueMinor, view),
    },
    {
      label: t('投入产出比（按确认的个案）', 'ROI (confirmed cases)'),
      value: roiWords(fromCases, view),
    },
    {
      label: t('留住的价值（按流失率下降）', 'Value kept (fall in churn)'),
      value: fromFall?.valueMinor == null ? later : estimateWords({ currency }, fromFall.valueMinor, view),
    },
    {
      label: t('投入产出比（按流失率下降）', 'ROI (fall in churn)'),
      value: fromFall === null ? later : roiWords(fromFall, view),
    },
  ]
}

function costFields(data: RoiCardData, view: View) {
  const { costPerKept, keptCustomers, currency, enough } = data
  const { spent } = data.fromCases
  const { locale } = view
  const t = speaker(locale)
  const worth = (minor: number) => roundMoney(minor, currency, locale)
  const contacts = number(spent.contacts, locale)
  const parts = [
    t(`一次性 ${worth(spent.oneOffMinor)}`, `one-off ${worth(spent.oneOffMinor)}`),
    t(`运行 ${worth(spent.runningMinor)}`, `running ${worth(spent.runningMinor)}`),
    t(`权益 ${worth(spent.grantedMinor)}`, `granted ${worth(spent.grantedMinor)}`),
    t(
      `联系 ${contacts} 次 ${worth(spent.contactsMinor)}`,
      `${counted(spent.contacts, 'contact')} ${worth(spent.contactsMinor)}`,
    ),
  ]
  const kept = number(keptCustomers, locale)
  return [
    {
      label: t('投入', 'Spent'),
      value: t(
        `${worth(spent.totalMinor)}（${parts.join('，')}）`,
        `${worth(spent.totalMinor)} (${parts.join(', ')})`,
      ),
    },
    {
      label: t('每留住一位的成本', 'Cost per kept customer'),
      value:
        costPerKept === null
          ? t(`数据还不够（${kept}/${enough}）`, `too few yet (${kept} of ${enough})`)
          : estimateWords({ currency }, costPerKept, view),
    },
  ]
}

/** Each figure beside what others report. */
function measureTable({ effect, kept, automated, auc, worked, currency }: RoiCardData, view: View): Block {
  const { locale } = view
  const t = speaker(locale)
  const row = (name: string, measure: Measure, told: Told, toBeat = '—') => ({
    cells: [name, toldWords(measure, told, view), toBeat],
  })
  const judgedByRules = t('规则在判断', 'rules judge')
  return {
    kind: 'table',
    columns: t('指标|数值|要超过（别家公布）', 'Measure|Value|To beat (others)').split('|'),
    rows: [
      row(t('提前识别', 'Identified early'), 'share', effect.early, `${TO_BEAT.early}%`),
      row(
        t('提前天数（中位数）', 'Lead (median)'),
        'days',
        effect.lead,
        t(`${TO_BEAT.lead} 天`, `${TO_BEAT.lead} days`),
      ),
      {
        cells: [
          t('模型 AUC', 'Model’s AUC'),
          auc === null ? judgedByRules : estimateWords('ratio', auc, view),
          TO_BEAT.auc,
        ],
      },
      row(t('留住率（观察期满）', 'Kept for good'), 'share', effect.retention, `${TO_BEAT.retention}%`),
      row(t('按时认领', 'Claimed in time'), 'share', kept.claim),
      row(t('按时联系', 'Reached in time'), 'share', kept.reach),
      row(t('按时写明结果', 'Outcome in time'), 'share', kept.outcome),
      row(t('客户经理采纳', 'Accepted by CSMs'), 'share', effect.accepted),
      {
        cells: [
          t('自动关怀占比', 'Automated care'),
          automated === null ? t('未启用', 'not set up') : toldWords('share', automated, view),
          `${TO_BEAT.automated}%`,
        ],
      },
      row(t('信号到卡片（中位数）', 'Signal to card (median)'), 'span', effect.toCard),
      row(t('信号到联系（中位数）', 'Signal to contact (median)'), 'span', effect.toContact),
      ...workedRows(worked, currency, view).map((cells) => ({ cells: [...cells, '—'] })),
    ],
  }
}

function valueNote({ fromFall, worth }: RoiCardData, { locale }: View): string {
  const t = speaker(locale)
  const cases = t(
    '按个案：观察期满确认留住的客户的终身价值（登记的，没有就用估算），每位只算一次；有些人不联系也会留下，所以偏高。',
    'By cases: lifetime value (declared, else estimated) of customers whose watch ended well, each once; rather high, for some would have stayed anyway.',
  )
  if (fromFall === null || worth === null) return cases
  const [declared, estimated] = [number(worth.declared, locale), number(worth.estimated, locale)]
  const fall = t(
    `按流失率：比上线前同样长的时间少流失的客户乘以平均终身价值（${declared} 位登记，${estimated} 位估算）；季节和市场的变化也在里面。`,
    ` By churn: fewer leavers than in as long a time before, at the mean value (${declared} declared, ${estimated} estimated); seasons and markets are in it too.`,
  )
  return cases + fall
}

/** How customers before and since are to be read, and which cases are in no retention. */
function workedNote({ effect: { unended } }: RoiCardData, { locale }: View): string {
  const t = speaker(locale)
  const worked = t(
    'NPS 和带来的价值是同一批联系过的客户在预警前后的对比；预警挑的本来就是正在变化的客户，升降不全是联系的结果。',
    'NPS and LTV gained compare the same customers before and after; those warned of were changing already, so neither a rise nor a fall is all our doing.',
  )
  if (unended === 0) return worked
  return (
    worked +
    t(
      `另有 ${number(unended, locale)} 个预警早该有结局却没写，不计入留住率。`,
      ` ${counted(unended, 'case')} should have ended by now and ${unended === 1 ? 'has' : 'have'} no outcome: in no retention rate.`,
    )
  )
}

function knownNote({ inactiveDays }: RoiCardData, { locale }: View): string {
  return speaker(locale)(
    `括号内是 95% 置信区间。客户 ${inactiveDays} 天没有往来才知道已经离开，所以较近的预警还不计入提前识别和准确率；还来不及走完观察期的，不计入留住率。`,
    `In brackets the 95% interval. Who left is known only after ${inactiveDays} days without activity: newer cases are not yet in early identification and precision. Retention waits until a watch can have ended.`,
  )
}
