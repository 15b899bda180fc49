import type { MetricName, Targets } from '../reports/voice-metric.ts'
import { text } from '../text.ts'
import { numberSetting as number, type SettingDefinition } from './setting.ts'

/** Where the voices' metrics should be. Ratings and effort are 0-10, as every score is kept. */
export const METRIC_SETTINGS: readonly SettingDefinition[] = [
  number('target.nps', 'points', 30, 0, 100, text('净推荐值（NPS）的目标', 'NPS to reach')),
  number(
    'target.csat',
    'share',
    0.8,
    0,
    1,
    text('满意率（CSAT）的目标', 'Share of satisfied answers (CSAT) to reach'),
  ),
  number('target.ces', 'points', 7, 0, 10, text('省力程度（CES）的目标', 'Ease (CES) to reach, of 10')),
  number('target.rating', 'points', 8, 0, 10, text('平均评分的目标', 'Mean rating to reach, of 10')),
  number(
    'target.sentiment',
    'points',
    0.2,
    0,
    1,
    text('平均情绪的目标（-1 到 1）', 'Mean mood to reach, from -1 to 1'),
  ),
  number(
    'target.negative',
    'share',
    0.25,
    0,
    1,
    text('负面反馈最多占多少', 'Most of the voices that may be negative'),
  ),
  number(
    'target.retention',
    'share',
    0.85,
    0.01,
    1,
    text(
      '一年的客户留存率目标；流失率的目标由此得出',
      'Customers to keep over a year; the churn to stay below follows',
    ),
  ),
  number(
    'survey.days',
    'days',
    365,
    30,
    3_650,
    text('多少天没有反馈，就列为待访客户', 'Days without a voice after which a customer is to be asked'),
  ),
]

export function metricTargets(value: (name: string) => number | string): Targets {
  const target = (name: MetricName): number => Number(value(`target.${name}`))
  const retention = target('retention')
  return {
    nps: target('nps'),
    csat: target('csat'),
    ces: target('ces'),
    rating: target('rating'),
    sentiment: target('sentiment'),
    negative: target('negative'),
    retention,
    churn: 1 - retention,
  }
}
