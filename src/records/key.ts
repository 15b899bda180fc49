import { clean } from '../text.ts'
import { bad, good, type Parsed, plain, quoted, tooLong } from './parsed.ts'
import type { CustomerKey } from './record.ts'

/** Ids longer than this are not ids; they would also not fit a database index. */
const LONGEST = 200

/**
 * An identity key in the one form all systems agree on: phone numbers as digits without +86, e-mail addresses in
 * lower case, VINs in upper case, anything else as written. Two customers must never meet in a masked number.
 */
export function parseKey(kind: string, words: string): Parsed<CustomerKey> {
  const id = parseId(kind, plain(words))
  if ('reason' in id) return id
  if (kind === 'phone') return named(kind, parsePhone(words))
  if (kind === 'email') return named(kind, parseEmail(words))
  if (kind === 'vin') return good({ kind, value: id.value.replace(/[\s-]/g, '').toUpperCase() })
  return good({ kind, value: id.value })
}

/** An id as the source wrote it, cleaned. Refused: too long for an index, or damaged by a conversion. */
export function parseId(what: string, words: string): Parsed<string> {
  const id = clean(words).trim()
  if (id === '')
    return bad(
      `${what} ${quoted(words)} 没有可见字符`,
      `${what} ${quoted(words)} has no character that can be seen`,
    )
  if (id.length > LONGEST) return tooLong(what, id, LONGEST)
  if (id.includes('\ufffd'))
    return bad(
      `${what} ${quoted(id)} 在转码时损坏了；请按 UTF-8 重新导出`,
      `${what} ${quoted(id)} was damaged by a wrong conversion; export it again as UTF-8`,
    )
  return good(id)
}

/** Digits; +86 and 0086 dropped, other countries keep their "+". */
export function parsePhone(words: string): Parsed<string> {
  const written = plain(words)
  if (/[*xX]{2,}/.test(written)) {
    return bad(
      `手机号 ${quoted(words)} 打了星号，认不出是谁；请导出完整号码，或不映射这一列`,
      `phone ${quoted(words)} is masked, so it names nobody; export it whole or leave it out of the mapping`,
    )
  }
  const notAPhone = () => bad(`${quoted(words)} 不是电话号码`, `phone ${quoted(words)} is not a phone number`)
  if (!/^[+\d][\d\s().-]*$/.test(written) && !/^\(\d/.test(written)) return notAPhone()
  const international = /^(?:\+|00)/.test(written)
  const digits = written.replace(/\D/g, '').replace(international ? /^(?:00)?/ : /^/, '')
  if (digits.length < 5 || digits.length > 17) return notAPhone()
  if (international && !digits.startsWith('86')) return good(`+${digits}`)
  if (international) return good(domestic(digits.slice(2)))
  // Some systems drop the plus and keep the country code: 86 and a mobile number cannot mean anything else.
  return good(/^861[3-9]\d{9}$/.test(digits) ? digits.slice(2) : digits)
}

/** Abroad a Chinese landline loses the 0 of its area code; put back, both ways of writing it are one number. */
function domestic(digits: string): string {
  const complete = /^1[3-9]\d{9}$/.test(digits) || /^[48]00/.test(digits) || digits.startsWith('0')
  return complete ? digits : `0${digits}`
}

function parseEmail(words: string): Parsed<string> {
  const written = plain(words).toLowerCase()
  return /^[^\s@]+@[^\s@]+$/.test(written)
    ? good(written)
    : bad(`${quoted(words)} 不是邮箱地址`, `email ${quoted(words)} is not an e-mail address`)
}

function named(kind: string, value: Parsed<string>): Parsed<CustomerKey> {
  return 'reason' in value ? value : good({ kind, value: value.value })
}
