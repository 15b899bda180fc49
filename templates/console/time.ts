import { locale } from './prefs.ts'
import { zone } from './state.ts'

/** Instants as the reader writes them, in the reader's time zone. */

const formats = new Map<string, Intl.DateTimeFormat>()

function format(iso: string, options: Intl.DateTimeFormatOptions): string {
  const language = locale.value === 'zh' ? 'zh-CN' : 'en-GB'
  const key = JSON.stringify([language, zone.value, options])
  const made = formats.get(key) ?? new Intl.DateTimeFormat(language, { timeZone: zone.value, ...options })
  formats.set(key, made)
  return made.format(new Date(iso))
}

/** "09:30" */
export const timeOfDay = (iso: string) =>
  format(iso, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** "6月1日 周一" / "Mon 1 June" */
export const dayName = (iso: string) =>
  locale.value === 'zh'
    ? `${format(iso, { month: 'long', day: 'numeric' })} ${format(iso, { weekday: 'short' })}`
    : format(iso, { weekday: 'short', day: 'numeric', month: 'long' })

/** "2026年6月1日 周一" / "Mon 1 Jun 2026" */
export const fullDay = (iso: string) =>
  locale.value === 'zh'
    ? `${format(iso, { year: 'numeric', month: 'long', day: 'numeric' })} ${format(iso, { weekday: 'short' })}`
    : format(iso, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).replace(',', '')

/** Equal for two instants of the same day. */
export const dayKey = (iso: string) => format(iso, { year: 'numeric', month: '2-digit', day: '2-digit' })
