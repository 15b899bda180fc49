import { expect } from 'vitest'
import type { Template } from '../../src/chat/card.ts'
import { encodeCard as onLark } from '../../src/chat/lark/encode.ts'
import { encodeCard as onSlack } from '../../src/chat/slack/encode.ts'
import { LOCALES } from '../../src/text.ts'
import { faultsOf } from '../fakes/lark-card.ts'
import { messageFaults } from '../fakes/slack/limits.ts'
import { view } from './cases.ts'
import { render } from './render.ts'

/** A card in Chinese and English as lines of text, after a look that Slack and Lark would take it, with and without its picture. */
export function both<T>(template: Template<T>, data: T): string {
  const cards = LOCALES.map((locale) => {
    const card = template(data, view(locale))
    expect(faultsOf(JSON.stringify(onLark(card, { locale })))).toEqual([])
    for (const picture of [null, 'F1']) expect(messageFaults(onSlack(card, locale, picture))).toEqual([])
    return render(card)
  })
  return cards.join('\n======\n')
}
