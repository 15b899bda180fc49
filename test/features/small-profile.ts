import type { Aggregate } from '../../src/features/feature.ts'
import { type Profile, profileSchema } from '../../src/features/profile.ts'

const words = { zh: '测试', en: 'test' }

/** A profile with nothing but what a test gives it. */
export function smallProfile(
  more: Omit<Partial<Profile>, 'aggregates'> & { aggregates: Aggregate[] },
): Profile {
  return profileSchema.parse({
    name: 'small',
    version: 1,
    title: words,
    kinds: { visit: words, order: words, login: words },
    churn: { inactiveDays: 180, kinds: ['visit'] },
    rhythm: { kind: 'visit', usualDays: 60, label: words },
    finalisers: [],
    change: [],
    rules: [],
    ...more,
  })
}
