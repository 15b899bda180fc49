import { inBoth, type Locale, type Text } from '../text.ts'

/** A sentence of the profile with `{feature}` replaced by the customer's numbers, at most one decimal each. */
export function filled(says: Text, get: (feature: string) => number): Text {
  return inBoth((locale) =>
    says[locale].replace(/\{([^}]+)\}/g, (_, name: string) => figure(get(name), locale)),
  )
}

const FORMATS: Readonly<Record<Locale, Intl.NumberFormat>> = {
  zh: new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en', { maximumFractionDigits: 1 }),
}

function figure(value: number, locale: Locale): string {
  if (!Number.isFinite(value)) return locale === 'zh' ? '若干' : 'some'
  return FORMATS[locale].format(value)
}
