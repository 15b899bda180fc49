import type { CardTexts, Template, View } from '../src/chat/card.ts'

/** A template's card in both languages, for chats that show each reader their own. */
export function inBothLanguages<T>(template: Template<T>, data: T, view: Omit<View, 'locale'>): CardTexts {
  return { zh: template(data, { ...view, locale: 'zh' }), en: template(data, { ...view, locale: 'en' }) }
}
