import type { JSX } from 'preact'
import { Mark } from './icons.tsx'
import { locale } from './prefs.ts'
import { session } from './state.ts'

const BOT = 'foreshock'
const HUES = 6

export function nameOf(author: string): string {
  if (author === BOT) return locale.value === 'zh' ? '前震' : 'Foreshock'
  return session.value?.people.find(({ id }) => id === author)?.name[locale.value] ?? author
}

/** A person's initial on a colour of their own, or the product's mark. */
export function Avatar({ author }: { author: string }): JSX.Element {
  if (author === BOT) return <Mark />
  const sum = [...author].reduce((total, character) => total + (character.codePointAt(0) ?? 0), 0)
  return (
    <span class={`avatar hue-${sum % HUES}`} aria-hidden="true">
      {[...nameOf(author)][0]}
    </span>
  )
}
