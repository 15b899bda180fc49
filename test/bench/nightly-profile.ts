import { type Profile, profileSchema } from '../../src/features/profile.ts'
import { MEASURED } from './feature-profile.ts'

const words = { zh: '测量', en: 'measured' }

/** The measured features, with what an industry watches besides: two rules, two changes, and RFM to sort people by. */
export const NIGHTLY: Profile = profileSchema.parse({
  ...MEASURED,
  segments: {
    recency: 'order_quiet_days',
    frequency: 'orders_365',
    monetary: 'spend_365',
    tenure: 'tenure_days',
  },
  change: [
    {
      now: 'logins_30',
      before: 'logins_before_30',
      basis: 'login',
      days: 30,
      least: 6,
      fires: 0.8,
      strong: 0.95,
      label: words,
    },
    {
      now: 'spend_90',
      before: 'spend_before_90',
      basis: 'order',
      days: 90,
      least: 500_000,
      fires: 0.8,
      strong: 0.95,
      label: words,
    },
  ],
  rules: [
    {
      name: 'tickets-pile-up',
      when: 'tickets_90 >= 8 and tickets_90 >= 3 * tickets_before_90',
      basis: ['ticket_opened'],
      says: words,
    },
    {
      name: 'quiet-and-unhappy',
      when: 'quiet_days >= 45 and mood_mean < -0.4',
      basis: ['visit', 'voice'],
      says: words,
    },
  ],
})
