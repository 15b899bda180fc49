import type { Profile } from '../src/features/profile.ts'
import { rateNamed } from '../src/features/rate.ts'
import type { Locale } from '../src/text.ts'
import { speaker } from './language.ts'

/** How numbers are shown: the company's currency, which features hold amounts (minor units), which are rates and which days ago. */
export interface MoneyView {
  readonly currency: string
  readonly features?: ReadonlySet<string>
  readonly rates?: ReadonlySet<string>
  readonly ago?: ReadonlySet<string>
}

const TAG = { zh: 'zh-CN', en: 'en' } as const
const formats = new Map<string, Intl.NumberFormat>()

/** An amount of minor units, exact; cents are left out where they are zero. */
export function money(minor: number, currency: string, locale: Locale): string {
  return wholeMoney(minor / 10 ** digits(currencyFormat(currency, locale, false)), currency, locale)
}

/** The same of an amount in whole units, as settings hold it. */
export function wholeMoney(major: number, currency: string, locale: Locale): string {
  if (!Number.isFinite(major)) return '—'
  return currencyFormat(currency, locale, Number.isInteger(major)).format(major)
}

/** An amount to judge by, rounded to whole units: a lifetime value needs no cents. */
export function roundMoney(minor: number, currency: string, locale: Locale): string {
  const major = minor / 10 ** digits(currencyFormat(currency, locale, false))
  return Number.isFinite(major) ? currencyFormat(currency, locale, true).format(Math.round(major) + 0) : '—'
}

/** A count, rating or number of days; at most one decimal, none from 100 up. Unknown shows as a dash. */
export function number(value: number | null, locale: Locale): string {
  if (value === null || !Number.isFinite(value)) return '—'
  const decimals = Math.abs(value) < 100 ? 10 : 1
  return plainFormat(locale).format(Math.round(value * decimals) / decimals + 0)
}

/** English "1 case", "1,204 cases". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count, 'en')} ${count === 1 ? one : many}`
}

/** A feature's number: an amount, a rate or whole days where the feature is one, else a plain number. */
export function measured(feature: string, value: number | null, view: MoneyView, locale: Locale): string {
  if (value !== null && view.rates?.has(feature)) return rate(value, locale)
  if (value !== null && view.ago?.has(feature)) return number(Math.round(value), locale)
  if (value === null || !view.features?.has(feature)) return number(value, locale)
  return roundMoney(value, view.currency, locale)
}

/** "-50%", or in words where there is nothing to take a share of. */
function rate(value: number, locale: Locale): string {
  const t = speaker(locale)
  const named = rateNamed(value)
  switch (named?.how) {
    case undefined:
      return '—'
    case 'to-nothing':
      return t('降到零', 'down to none')
    case 'from-nothing':
      return t('从无到有', 'from none')
    case 'unchanged':
      return t('没有变化', 'unchanged')
    case 'moved':
      return percentFormat(locale).format(named.by)
  }
}

/** Names of the profile's features and facts that hold amounts of money, in minor units. */
export function moneyFeatures(profile: Pick<Profile, 'aggregates' | 'ltv'>): ReadonlySet<string> {
  const amounts = profile.aggregates.filter(
    ({ fn, measure }) => measure === 'amount' && ['sum', 'mean', 'spread', 'last', 'newest'].includes(fn),
  )
  const estimated = profile.ltv === undefined ? [] : [profile.ltv]
  return new Set([...amounts.map(({ name }) => name), 'ltv', ...estimated])
}

/** Names of the profile's features that say how many days ago something was: nobody counts these in tenths. */
export function daysAgoFeatures({ aggregates }: Pick<Profile, 'aggregates'>): ReadonlySet<string> {
  return new Set(aggregates.filter(({ fn }) => fn === 'recency' || fn === 'age').map(({ name }) => name))
}

function digits(format: Intl.NumberFormat): number {
  return format.resolvedOptions().maximumFractionDigits ?? 2
}

function currencyFormat(currency: string, locale: Locale, whole: boolean): Intl.NumberFormat {
  const rounding = whole ? { maximumFractionDigits: 0, minimumFractionDigits: 0 } : {}
  return kept(`${locale} ${currency} ${whole}`, () => {
    return new Intl.NumberFormat(TAG[locale], { style: 'currency', currency, ...rounding })
  })
}

function percentFormat(locale: Locale): Intl.NumberFormat {
  const options = { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' } as const
  return kept(`${locale} %`, () => new Intl.NumberFormat(TAG[locale], options))
}

function plainFormat(locale: Locale): Intl.NumberFormat {
  return kept(locale, () => new Intl.NumberFormat(TAG[locale], { maximumFractionDigits: 1 }))
}

// Making an Intl format costs more than a thousand uses of it.
function kept(key: string, make: () => Intl.NumberFormat): Intl.NumberFormat {
  const format = formats.get(key) ?? make()
  formats.set(key, format)
  return format
}
