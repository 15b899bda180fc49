import type { Locale, Text } from '../src/text.ts'
import type { CustomerFacts } from '../src/timeline/history.ts'
import { LIMITS, shown } from './limits.ts'
import { maskedContacts } from './mask.ts'
import { ownName } from './own-name.ts'
import { customerNo } from './words.ts'

/** A staff member's name in the reader's language, cut to fit. */
export function personName(name: Text, locale: Locale): string {
  return shown(name[locale], LIMITS.name) || '?'
}

/** The customer's name, masked on request; customers without a visible name are told apart by their number. */
export function customerName(customer: Pick<CustomerFacts, 'name'>, masked: boolean, locale: Locale): string {
  const name = shown(customer.name ?? '', LIMITS.name)
  if (!/[\p{L}\p{N}\p{S}\p{P}]/u.test(name)) return locale === 'zh' ? '未具名客户' : 'Unnamed customer'
  return masked ? maskedName(name) : name
}

/** "张伟 · C-318": who a card is about. */
export function customerTitle(customer: CustomerFacts, masked: boolean, locale: Locale): string {
  return `${customerName(customer, masked, locale)} · ${customerNo(customer.no)}`
}

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
const first = (word: string) => segmenter.segment(word).containing(0)?.segment ?? ''
/** What stands before a word and is no part of it: "@here", "<!channel>", "(Bob)", "“张伟”". */
const BEFORE_WORD = /^[@＠#＃"'“”‘’「『《<(（!！*_~.·•、，,-]+/u

/** 张伟 -> 张**, Jane Smith -> J. S***: enough for the owner to recognise, too little for anyone else. */
export function maskedName(name: string): string {
  const bare = name.split(' ').map((word) => word.replace(BEFORE_WORD, ''))
  const words = bare.some(Boolean) ? bare.filter(Boolean) : [name]
  if (/^\p{Script=Han}/u.test(words[0]!)) return `${first(words[0]!)}**`
  const last = `${first(words.at(-1)!)}***`
  return words.length === 1 ? last : `${first(words[0]!)}. ${last}`
}

/** A voice or note with numbers, addresses and plates of people and the customer's own name, or a part of it, masked; at most 600 graphemes. */
export function maskedVoice(words: string, name: string | null): string {
  const masked = maskedContacts(shown(words, 600))
  const own = shown(name ?? '', LIMITS.name)
  return [...own].length < 2 ? masked : ownName(own, maskedName(own))(masked)
}
