import type { CustomerKey } from '../src/records/record.ts'

const DIGIT = '[\\d０-９]'
/** What people put between the digits of one number. */
const BETWEEN = '[ \\u00a0\\u3000.·()（）\\-‐-―－]'
/** Seven digits or more, whatever stands between them: a number, or a day and a number. */
const NUMBERS = new RegExp(`[+＋]?${DIGIT}(?:${BETWEEN}{0,2}${DIGIT}){6,}`, 'g')
const DAY = /((?:19|20)\d\d([-.])\d{1,2}\2\d{1,2}(?!\d))/
/** Letters of a script that puts blanks between words: in Chinese the sentence before an address runs into it. */
const SPACED = '(?:(?!\\p{Script=Han})[\\p{L}\\p{N}_-])'
const LABEL = `(?:${SPACED}{1,63}|\\p{Script=Han}{1,20})`
const HOST = `(?:${LABEL}\\.)+(?:${SPACED}{1,32}|中国|公司|网络)`
/** Of one word; "user@db:5432" tells of a connection, not of a person. */
const BARE_HOST = '[A-Za-z][A-Za-z0-9-]{2,62}(?![\\w.:/-])'
const LOCAL = `(?:${SPACED}|[.+%]){1,64}`
const ADDRESS = new RegExp(`${LOCAL}[@＠](?:${HOST}|${BARE_HOST})|\\p{Script=Han}{1,4}[@＠]${HOST}`, 'gu')
/** A vehicle's number: 17 letters and digits, never I, O or Q. */
const VEHICLE = /(?<![A-Za-z\d])(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-HJ-NPR-Za-hj-npr-z\d]{17}(?![A-Za-z\d])/g
/** A Chinese number plate, of an electric car (six places) or another (five, three digits among them). */
const PLATE = new RegExp(
  '[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·. -]?' +
    '(?:[DF][A-HJ-NP-Z\\d]\\d{4}|\\d{5}[DF]|(?=(?:[A-Z]*\\d){3})[A-HJ-NP-Z\\d]{5})(?![A-Za-z\\d])',
  'gi',
)
const LEAST_DIALLED = 8

/** Words of which nobody can be dialled, written to or looked up by a vehicle: what names somebody becomes `****`. */
export function maskedContacts(words: string): string {
  return words
    .replace(ADDRESS, '***@***')
    .replace(VEHICLE, (number) => `${number.slice(0, 3)}****`)
    .replace(PLATE, (plate) => `${plate.slice(0, 2)}****`)
    .replace(NUMBERS, maskedAmongDays)
}

/** A key as its kind is masked, however it is written. */
export function maskedKey({ kind, value }: CustomerKey): string {
  if (kind === 'email') return '***@***'
  if (kind !== 'phone' && kind !== 'vin') return maskedContacts(value)
  return `${value.slice(0, Math.max(0, Math.min(3, value.length - 4)))}****`
}

/** Days stay as they are written; a number that stands beside one does not hide behind it. */
function maskedAmongDays(run: string): string {
  const [, day] = DAY.exec(run) ?? []
  if (day === undefined) return maskedNumber(run)
  const at = run.indexOf(day)
  return maskedNumber(run.slice(0, at)) + day + maskedAmongDays(run.slice(at + day.length))
}

function maskedNumber(run: string): string {
  const digits = run.match(new RegExp(DIGIT, 'g'))?.length ?? 0
  if (digits < LEAST_DIALLED || isDecimal(run)) return run
  return run.replace(/^([^\d０-９+＋]*)(.{3}).*?([^\d０-９]*)$/, '$1$2****$3')
}

/** "123456.78" is an amount. */
function isDecimal(run: string): boolean {
  return /^\d+\.\d{1,2}$/.test(run)
}
