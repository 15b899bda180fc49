import type { CustomerFacts } from '../../src/timeline/history.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'
import { AS_OF, DAY } from '../timeline/random-rows.ts'
import { on } from './shipped.ts'

/** One number of the customer against each measure's features: what happened, then what must come out. */
type Case = [
  measure: string,
  rows: TimelineRow[],
  facts: Partial<CustomerFacts>,
  wanted: Record<string, number>,
]

const at = (quantity: number) => ({ quantity })
const paid = (yuan: number) => ({ amount: yuan * 100 })

export const CASES: Case[] = [
  [
    'visits and maintenance in a year',
    [...on('visit', [10, 400]), ...on('maintenance', [20, 200, 380])],
    {},
    { visits_365: 3, maintenance_365: 2 },
  ],
  [
    'spend',
    [...on('visit', [100], paid(300)), ...on('maintenance', [50], paid(600))],
    {},
    { visit_spend_total: 90_000, visit_spend_mean: 45_000, visit_spend_last: 60_000 },
  ],
  [
    'spend trend',
    [...on('visit', [100], paid(400)), ...on('visit', [50], paid(100))],
    {},
    { spend_change: -0.75 },
  ],
  [
    'interval between visits',
    on('visit', [500, 400, 300, 200, 100]),
    {},
    { gap_days: 100, usual_gap_days: 640 / 6, quiet_days: 100, season_change: -1 },
  ],
  [
    'extended warranty',
    [...on('warranty_bought', [500], paid(3280)), ...on('contract_renewed', [30])],
    { attributes: { warranty_end: '2026-05-31' } },
    { warranties_bought: 1, renewals_365: 1, attr_warranty_end: 30 },
  ],
  [
    'use of service packs',
    [...on('pack_bought', [300], at(4)), ...on('pack_used', [200, 100])],
    {},
    { packs_bought: 1, packs_used: 2, pack_use: 0.5 },
  ],
  [
    'parts only (DIY)',
    [...on('order', [30, 60, 90]), ...on('visit', [10])],
    {},
    { parts_365: 3, parts_share: 0.75 },
  ],
  [
    'value-added services',
    on('extra_service', [5, 400], paid(120)),
    {},
    { extras_365: 1, extras_spend_total: 24_000 },
  ],
  [
    'dependence on discounts',
    [...on('discount', [5], paid(100)), ...on('visit', [5], paid(300))],
    {},
    { discounts_365: 1, discount_share: 0.25 },
  ],
  ['change of payment method', on('payment_method_changed', [5, 364, 366]), {}, { payment_changes_365: 2 }],
  ['age of the car', [], { attributes: { registered_on: '2025-05-01' } }, { product_age_days: 365 }],
  ['age of the car', [], { firstPurchase: AS_OF - 100 * DAY }, { product_age_days: 100 }],
  [
    'mileage',
    [...on('odometer', [300], at(5_000)), ...on('odometer', [10], at(20_000))],
    { firstPurchase: AS_OF - 500 * DAY, attributes: { mileage: 9 } },
    { mileage_total: 20_000, mileage_daily: 40 },
  ],
  [
    'mileage',
    [],
    { firstPurchase: AS_OF - 500 * DAY, attributes: { mileage: 10_000 } },
    { mileage_daily: 20 },
  ],
  [
    'health score',
    [...on('health_report', [60], at(90)), ...on('health_report', [6], at(71))],
    {},
    { health_last: 71 },
  ],
  [
    'faults and their trend',
    on('fault', [10, 20, 30, 200]),
    {},
    { faults_180: 3, faults_before_180: 1, fault_trend: 2 },
  ],
  ['major repair', on('major_repair', [100, 400]), {}, { major_repairs_365: 1, visits_365: 1 }],
  ['open recall', [...on('recall', [100, 50]), ...on('recall_done', [40])], {}, { open_recalls: 1 }],
  [
    'update frequency and promptness',
    [...on('upgrade', [100], { duration: 1_440 }), ...on('upgrade', [10], { duration: 4_320 })],
    {},
    { upgrades_365: 2, upgrade_wait_days: 2 },
  ],
  [
    'use of the app',
    [...on('login', [2, 12], { duration: 5 }), ...on('login', [31])],
    {},
    { logins_30: 2, app_minutes_30: 10, login_quiet_days: 2, login_overdue: -12.5 / Math.sqrt(40.5) },
  ],
  ['content read', on('content_read', [1, 80, 100]), {}, { reads_90: 2 }],
  ['activities joined', on('campaign_joined', [1, 170, 190]), {}, { campaigns_180: 2 }],
  [
    'support contacts and why',
    [
      ...on('ticket_fault', [10, 20]),
      ...on('ticket_question', [30]),
      ...on('ticket_bill', [40]),
      ...on('ticket_opened', [50]),
    ],
    {},
    { tickets_365: 5, tickets_fault_365: 2, tickets_question_365: 1, tickets_bill_365: 1 },
  ],
  [
    'complaints and satisfaction with their handling',
    [
      ...on('complaint', [20]),
      ...on('voice_ticket', [18], { csat: 4 }),
      ...on('voice_survey', [10], { csat: 6 }),
    ],
    {},
    { complaints_365: 1, handling_csat: 5, unresolved_tickets_90: 0 },
  ],
  [
    'referrals and NPS',
    [...on('referral', [30, 60]), ...on('voice_survey', [5], { nps: 9 })],
    {},
    { referrals_365: 2, nps_last: 9 },
  ],
  [
    'social media',
    [...on('social_followed', [500]), ...on('social_engaged', [5, 95])],
    {},
    { social_follows: 1, social_engaged_90: 1 },
  ],
  [
    'ratings and their trend',
    [...on('voice_survey', [100, 90, 80], { rating: 9 }), ...on('voice_review', [30, 20, 10], { rating: 6 })],
    {},
    { rating_last: 6, rating_earlier: 7.8, rating_change: -3 },
  ],
  [
    'change in NPS',
    [...on('voice_survey', [100], { nps: 9 }), ...on('voice_survey', [10], { nps: 4 })],
    {},
    { nps_change: -5 },
  ],
  [
    'mood of reviews',
    [
      ...on('voice_review', [10], { sentiment: -0.5 }),
      ...on('voice_survey', [20], { sentiment: 0.5 }),
      ...on('voice_social', [30], { sentiment: 0.25 }),
    ],
    {},
    { review_mood: -0.5, survey_mood: 0.5, social_mood: 0.25 },
  ],
  [
    'strength of feeling in complaints',
    on('voice_ticket', [10, 20], { sentiment: -0.75 }),
    {},
    { ticket_mood: -0.75, complaint_strength: 0.75 },
  ],
  [
    'mood in service dialogue',
    [...on('voice_chat', [10], { sentiment: -0.25 }), ...on('voice_call', [10], { sentiment: 0.5 })],
    {},
    { chat_mood: -0.25, call_mood: 0.5 },
  ],
  [
    'location and distance',
    [],
    { attributes: { distance_km: 12, location_authorised: true } },
    { attr_distance_km: 12 },
  ],
  [
    'household',
    [],
    { attributes: { household_size: 4, cars_in_household: 2 } },
    { attr_household_size: 4, attr_cars_in_household: 2 },
  ],
  [
    'usage',
    [],
    { attributes: { usage: '通勤', commercial_use: false } },
    { attr_usage: 1, attr_commercial_use: 0 },
  ],
  ['purchase motive', [], { attributes: { purchase_motive: 'trade-in' } }, { attr_purchase_motive: 4 }],
  [
    'exposure to competitors',
    [
      ...on('competitor_visit', [40]),
      ...on('competitor_test_drive', [20]),
      ...on('competitor_quote', [10]),
      ...on('competitor_signup', [5]),
      ...on('competitor_follow', [4]),
      ...on('competitor_search', [3, 2]),
      ...on('car_valuation', [1]),
    ],
    { attributes: { third_party_authorised: true } },
    {
      ...{
        competitor_30: 2,
        competitor_traced_30: 5,
        competitor_visits_90: 1,
        competitor_drives_90: 1,
        competitor_quotes_90: 1,
      },
      ...{
        competitor_signups_90: 1,
        competitor_follows_90: 1,
        competitor_searches_90: 2,
        car_valuations_90: 1,
      },
    },
  ],
]
