import { effect, signal } from '@preact/signals'
import type { Locale } from '../../src/text.ts'

/** What this browser prefers; kept across visits. */
export type Theme = 'auto' | 'light' | 'dark'

const chosen = read('foreshock.locale')
/** True once the reader picked a language; until then the person acted as decides. */
let picked = chosen === 'zh' || chosen === 'en'

export const locale = signal<Locale>(
  picked ? (chosen as Locale) : navigator.language.startsWith('zh') ? 'zh' : 'en',
)
export const theme = signal<Theme>(asTheme(read('foreshock.theme')))

export function pickLocale(next: Locale): void {
  picked = true
  locale.value = next
  keep('foreshock.locale', next)
}

export function suggestLocale(next: Locale): void {
  if (!picked) locale.value = next
}

export function pickTheme(next: Theme): void {
  theme.value = next
  keep('foreshock.theme', next)
}

effect(() => {
  document.documentElement.lang = locale.value === 'zh' ? 'zh-CN' : 'en'
})
effect(() => {
  document.documentElement.dataset['theme'] = theme.value
})

function asTheme(words: string | null): Theme {
  return words === 'light' || words === 'dark' ? words : 'auto'
}

// Storage may be forbidden; preferences then last as long as the page.
export function read(key: string, storage: 'local' | 'session' = 'local'): string | null {
  try {
    return (storage === 'local' ? localStorage : sessionStorage).getItem(key)
  } catch {
    return null
  }
}

export function keep(key: string, value: string, storage: 'local' | 'session' = 'local'): void {
  try {
    ;(storage === 'local' ? localStorage : sessionStorage).setItem(key, value)
  } catch {
    // Nothing to do: it is only a preference.
  }
}
