import type { Alert } from '../src/alerts/alert.ts'
import type { CareCourse } from '../src/alerts/care-plan.ts'
import type { Reach } from '../src/alerts/reach.ts'
import type { Block, Template, View } from '../src/chat/card.ts'
import type { Plays } from '../src/features/profile.ts'
import type { Text } from '../src/text.ts'
import type { Customer } from '../src/timeline/history.ts'
import { careBlocks } from './care-plan.ts'
import { factorRows, firedEvidence, quotesOf } from './evidence.ts'
import { type GrantView, grantSays } from './grant.ts'
import { capital, speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { customerTitle, personName } from './names.ts'
import { claimedNote, yoursNote } from './note.ts'
import type { MoneyView } from './numbers.ts'
import { playButton } from './play.ts'
import { NO_CONSENT, playFor, TALK_LABEL } from './playbooks/causes.ts'
import { clockTime, day, moment } from './times.ts'
import { alertNo, CAUSE } from './words.ts'

/** What a CSM needs in hand before the first call. Private: names and numbers are shown. */
export interface CallPack {
  readonly alert: Alert
  readonly customer: Customer
  readonly reach: Reach
  /** What was said or given in the case before; null: there was none, or nothing was written. */
  readonly before: { readonly no: number; readonly words: string; readonly entitlement: Text | null } | null
  /** Who decides on bigger entitlements; null: nobody above the owner is known. */
  readonly managerName: Text | null
  /** What the holder may give, and those above them. */
  readonly grant: GrantView
  readonly money: MoneyView
  /** What the industry does about a likely reason, in its own ways. */
  readonly plays: Plays | undefined
  /** Where the case stands in the plan for customers in danger; null: it has none. */
  readonly care: CareCourse | null
}

/** Reasons told; more are in the details. */
const MOST_REASONS = 3

/** What claiming is answered with. */
export interface ClaimedCardData {
  readonly no: number
  /** Null: the case is not one to phone about. */
  readonly pack: CallPack | null
  /** Set for whoever claims what is theirs already: answers only they see are soon out of sight. */
  readonly again?: true
}

/** The case is yours, and here is what the first call needs. */
export const claimedCard: Template<ClaimedCardData> = ({ no, pack, again }, view) => {
  const note = again === undefined ? claimedNote({ no }, view) : yoursNote({ no }, view)
  if (pack === null) return note
  return withinLimits({
    ...note,
    blocks: [...note.blocks, ...packBlocks(pack, view)],
    buttons: [playButton(no, view)],
  })
}

function packBlocks(pack: CallPack, view: View): Block[] {
  const { alert, customer, before } = pack
  const t = speaker(view.locale)
  const spoke = quotesOf(firedEvidence(alert.assessment)).length > 0
  const play = playFor(alert.assessment.cause, spoke, pack.plays)
  const mayCall = customer.contactConsent !== false
  const who = [
    { label: t('客户', 'Customer'), value: customerTitle(customer, false, view.locale) },
    ...(mayCall ? [phoneField(customer, view)] : []),
    ...(mayCall ? [{ label: t('什么时候打', 'Best time'), value: bestTime(pack.reach, view) }] : []),
    { label: t('为什么预警', 'Why'), value: reasons(pack, view) },
    { label: t('上次的承诺和处理', 'Promised or done last time'), value: promise(before, view) },
    { label: t('权益', 'Entitlements'), value: entitlements(pack, view) },
  ]
  const opening = mayCall
    ? `${TALK_LABEL[view.locale]}${play.talk[view.locale]}`
    : `${NO_CONSENT[view.locale]}${t('', ' ')}${play.quiet[view.locale]}`
  return [{ kind: 'text', text: opening }, { kind: 'fields', fields: who }, ...careBlocks(pack.care, view)]
}

function phoneField({ phone }: Customer, { locale }: View) {
  const t = speaker(locale)
  const label = t('电话', 'Phone')
  const value = shown(phone ?? '', LIMITS.name)
  return value === '' ? { label, value: t('没有记录', 'Not on record') } : { label, value, dial: value }
}

function bestTime({ from, until, timeZone, known, decentNow }: Reach, view: View): string {
  const t = speaker(view.locale)
  const theirs = { ...view, timeZone }
  const hours = t(
    `${clockTime(from, theirs)}～${clockTime(until, theirs)}`,
    `${clockTime(from, theirs)}–${clockTime(until, theirs)}`,
  )
  const why = known ? t('，客户通常这时候在', ', when they are usually about') : ''
  const there = clockTime(view.now, theirs)
  if (there === clockTime(view.now, view)) return `${capital(day(from, view))} ${hours}${why}`
  const yours = moment(from, view)
  if (decentNow)
    return t(
      zh`现在就可以打（当地 ${there}）；最合适是当地 ${hours}${why}，即你这边${yours} 起`,
      `Now is fine (${there} there). Best is ${hours} their time${why} (from ${yours} your time)`,
    )
  return t(
    zh`现在别打，当地 ${there}。等到当地 ${hours}${why}，即你这边${yours} 起`,
    `Not now: it is ${there} there. Wait for ${hours} their time${why} (from ${yours} your time)`,
  )
}

function reasons({ alert: { assessment }, customer, money }: CallPack, view: View): string {
  const { locale } = view
  const factors = assessment.factors.filter(({ direction }) => direction === 'raises').slice(0, MOST_REASONS)
  const telling = { view, money, maskNames: false, name: customer.name }
  const told = factorRows({ ...assessment, factors }, telling).map(({ label, numbers }) =>
    `${label} ${numbers}`.trim(),
  )
  return [CAUSE[assessment.cause][locale], ...told].join(speaker(locale)('；', '; '))
}

function promise(before: CallPack['before'], { locale }: View): string {
  const t = speaker(locale)
  if (before === null)
    return t(
      '没有记录。这次答应了什么，结案时写下来。',
      'None on record. Write down what you promise this time.',
    )
  const words = shown(before.words, LIMITS.field)
  return t(zh`${alertNo(before.no)}：${words}`, `${alertNo(before.no)}: ${words}`)
}

function entitlements({ before, managerName, grant, money }: CallPack, { locale }: View): string {
  const t = speaker(locale)
  const manager = managerName === null ? null : personName(managerName, locale)
  const given = shown(before?.entitlement?.[locale] ?? '', LIMITS.field)
  const now = grantSays(grant, money.currency, manager, locale)
  return given === '' ? now : t(`${now}上次给过：${given}`, `${now} Given last time: ${given}`)
}
