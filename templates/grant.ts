import type { GrantRefusal } from '../src/alerts/grant.ts'
import type { Profile } from '../src/features/profile.ts'
import type { AlertTier } from '../src/risk/assessment.ts'
import type { Text } from '../src/text.ts'
import { inBoth, text } from '../src/text.ts'
import { zh } from './language.ts'
import { money } from './numbers.ts'
import { listed } from './words.ts'

/** What stands in the outcome form for what one may give: entitlements of the case's tier, whoever may give them. */
export interface Offer {
  readonly name: string
  readonly label: Text
  /** True: only a manager may. */
  readonly managers: boolean
}

/** What the outcome form of a case of this tier offers. */
export function offersFor({ entitlements = [] }: Pick<Profile, 'entitlements'>, tier: AlertTier): Offer[] {
  return entitlements
    .filter(({ tiers }) => tiers.includes(tier))
    .map(({ name, label, role }) => ({ name, label, managers: role === 'manager' }))
}

/** What the form's field `entitlement` says where nothing was given. */
export const NO_GIFT = 'none'

/** Why it may not be given, and what to do instead. */
export function grantRefused(
  refusal: GrantRefusal,
  currency: string,
  managerName: Text | null,
): { readonly what: Text; readonly hint: Text } {
  const ask = (locale: 'zh' | 'en'): string =>
    managerName === null ? (locale === 'zh' ? '主管' : 'a manager') : managerName[locale]
  switch (refusal.why) {
    case 'role': {
      const { label } = refusal.entitlement
      return {
        what: text(zh`“${label.zh}”要主管才能给。`, `Only a manager may grant "${label.en}".`),
        hint: text(
          zh`请${ask('zh')}来结案，或换一个权益。`,
          `Ask ${ask('en')} to close the case, or choose another.`,
        ),
      }
    }
    case 'tier': {
      const { label, tiers } = refusal.entitlement
      return {
        what: text(
          zh`“${label.zh}”不能给 ${refusal.tier} 客户。`,
          `"${label.en}" is not for ${refusal.tier} cases.`,
        ),
        hint: text(
          `只用于 ${tiers.join('、')}，请换一个权益。`,
          `It is for ${tiers.join(', ')}; choose another.`,
        ),
      }
    }
    case 'limit': {
      const most = inBoth((locale) => money(refusal.limitMinor, currency, locale))
      return {
        what: text(
          zh`超出你的额度：${refusal.tier} 每单最多 ${most.zh}。`,
          `That is above your limit: ${most.en} for a ${refusal.tier} case.`,
        ),
        hint: text(
          zh`请${ask('zh')}来结案，或少给一些。`,
          `Ask ${ask('en')} to close the case, or grant less.`,
        ),
      }
    }
  }
}

/** What the holder may give, and what whoever stands above them may. */
export interface GrantView {
  readonly own: readonly Text[]
  /** Minor units a case; null: no limit. */
  readonly ownLimitMinor: number | null
  readonly above: readonly Text[]
  readonly aboveLimitMinor: number
  /** Nobody above has more to give. */
  readonly isTop: boolean
}

/** One paragraph for the call pack. */
export function grantSays(
  { own, ownLimitMinor, above, aboveLimitMinor, isTop }: GrantView,
  currency: string,
  manager: string | null,
  locale: 'zh' | 'en',
): string {
  // Within a sentence.
  const inner = (label: Text): string =>
    locale === 'zh' ? label.zh : label.en.charAt(0).toLowerCase() + label.en.slice(1)
  const names = (all: readonly Text[]) => listed(all.map(inner), locale)
  const most = (minor: number) => money(minor, currency, locale)
  if (locale === 'zh') {
    const limit = ownLimitMinor === null ? '' : zh`，每单合计不超过 ${most(ownLimitMinor)}`
    const mine = own.length === 0 ? `可以当场给${limit}。` : zh`可以当场给：${names(own)}${limit}。`
    const theirs = isTop
      ? ''
      : above.length === 0
        ? zh`更多由${manager ?? '主管'}拍板，不超过 ${most(aboveLimitMinor)}。`
        : zh`${manager ?? '主管'}还可以给：${names(above)}，不超过 ${most(aboveLimitMinor)}。`
    return mine + theirs
  }
  const limit = ownLimitMinor === null ? '' : `, up to ${most(ownLimitMinor)} a case`
  const mine =
    own.length === 0 ? `You may grant one on the spot${limit}.` : `Yours to grant: ${names(own)}${limit}.`
  const who = manager ?? 'A manager'
  const theirs = isTop
    ? ''
    : above.length === 0
      ? ` ${who} decides on more, up to ${most(aboveLimitMinor)}.`
      : ` ${who} may also grant ${names(above)}, up to ${most(aboveLimitMinor)}.`
  return mine + theirs
}
