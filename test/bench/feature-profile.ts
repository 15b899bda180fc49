import type { Aggregate } from '../../src/features/feature.ts'
import { type Profile, profileSchema } from '../../src/features/profile.ts'
import { KINDS } from './history.ts'

const words = { zh: '测量', en: 'measured' }

const AGGREGATES: readonly Aggregate[] = [
  { name: 'visits_30', fn: 'count', kind: 'visit', from: 30 },
  { name: 'visits_90', fn: 'count', kind: 'visit', from: 90 },
  { name: 'visits_before_90', fn: 'count', kind: 'visit', from: 180, to: 90 },
  { name: 'visits_365', fn: 'count', kind: 'visit', from: 365 },
  { name: 'visit_days', fn: 'days', kind: 'visit', from: 365 },
  { name: 'quiet_days', fn: 'recency', kind: 'visit' },
  { name: 'first_visit_days', fn: 'age', kind: 'visit' },
  { name: 'orders_90', fn: 'count', kind: 'order', from: 90 },
  { name: 'orders_365', fn: 'count', kind: 'order', from: 365 },
  { name: 'spend_90', fn: 'sum', kind: 'order', measure: 'amount', from: 90 },
  { name: 'spend_before_90', fn: 'sum', kind: 'order', measure: 'amount', from: 180, to: 90 },
  { name: 'spend_365', fn: 'sum', kind: 'order', measure: 'amount', from: 365 },
  { name: 'spend_mean', fn: 'mean', kind: 'order', measure: 'amount' },
  { name: 'order_quiet_days', fn: 'recency', kind: 'order' },
  { name: 'logins_30', fn: 'count', kind: 'login', from: 30 },
  { name: 'logins_before_30', fn: 'count', kind: 'login', from: 60, to: 30 },
  { name: 'login_quiet_days', fn: 'recency', kind: 'login' },
  { name: 'tickets_90', fn: 'count', kind: 'ticket_opened', from: 90 },
  { name: 'tickets_before_90', fn: 'count', kind: 'ticket_opened', from: 180, to: 90 },
  { name: 'rating_newest_3', fn: 'newest', kind: 'voice', measure: 'rating', take: 3 },
  { name: 'rating_previous_5', fn: 'newest', kind: 'voice', measure: 'rating', skip: 3, take: 5 },
  { name: 'mood_mean', fn: 'mean', kind: 'voice', measure: 'sentiment', from: 180 },
  { name: 'mood_spread', fn: 'spread', kind: 'voice', measure: 'sentiment', from: 180 },
  { name: 'mood_good', fn: 'share', kind: 'voice', measure: 'sentiment', from: 180, above: 0 },
]

const FINALISERS = [
  { name: 'gap_days', expr: '(first_visit_days - quiet_days) / (visits_365 - 1)' },
  { name: 'visits_change', expr: 'change(visits_90, visits_before_90)' },
  { name: 'spend_change', expr: 'change(spend_90, spend_before_90)' },
  { name: 'logins_change', expr: 'change(logins_30, logins_before_30)' },
  { name: 'rating_change', expr: 'rating_newest_3 - rating_previous_5' },
]

/**
 * 33 features: the kinds every shipped profile is made of (facts, a date, counts, sums, means, spread, share, recency,
 * changes, newest against those before). The three fifths of RFM make them 36.
 */
export const MEASURED: Profile = profileSchema.parse({
  name: 'measured',
  version: 1,
  title: words,
  kinds: Object.fromEntries(
    KINDS.filter(({ name }) => !name.startsWith('voice')).map(({ name, is }) => [
      name,
      is === undefined ? words : { ...words, is },
    ]),
  ),
  churn: { inactiveDays: 180, kinds: ['visit'] },
  rhythm: { kind: 'visit', usualDays: 60, label: words },
  attributes: { warranty_end: words },
  aggregates: AGGREGATES,
  finalisers: FINALISERS,
  change: [],
  rules: [],
})

/** The features RFM's fifths are taken of. */
export const RFM = { recency: 'order_quiet_days', frequency: 'orders_365', monetary: 'spend_365' } as const
