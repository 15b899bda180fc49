import type { Course, SlaClock } from '../src/alerts/alert.ts'
import type { RaiseReason } from '../src/alerts/decide.ts'
import type { Instant, View } from '../src/chat/card.ts'
import type { AlertTier, Assessment } from '../src/risk/assessment.ts'
import { type Text, text } from '../src/text.ts'
import { capital, speaker, zh } from './language.ts'
import { personName } from './names.ts'
import { duration, lateness, moment } from './times.ts'
import { CLOCK, LEFT, SIGNAL, TIER, TIER_REASON } from './words.ts'

/** What the clock and the scorer do to a case, as its thread is told. Names are null where nobody is known. */
export type ClockEvent =
  | { readonly verb: 'remind'; readonly clock: SlaClock; readonly dueAt: Date; readonly name: Text | null }
  | {
      readonly verb: 'overdue'
      readonly clock: SlaClock
      readonly dueAt: Date
      readonly leadName: Text | null
    }
  | { readonly verb: 'escalate'; readonly clock: SlaClock; readonly name: Text | null }
  | { readonly verb: 'ask'; readonly name: Text | null }
  | { readonly verb: 'release'; readonly name: Text | null }
  | { readonly verb: 'course'; readonly course: Course; readonly day: number; readonly of: number }
  | {
      readonly verb: 'worsen'
      readonly from: AlertTier
      readonly to: AlertTier
      readonly reason: RaiseReason
      readonly assessment: Assessment
    }

/** What a line says, and what was said with it. */
export interface Told {
  readonly line: string
  readonly said?: string
  /** A time in what was said. */
  readonly instant?: Instant
}

export function clockTold(event: ClockEvent, view: View): Told {
  switch (event.verb) {
    case 'remind':
      return reminded(event, view)
    case 'overdue':
      return overdue(event, view)
    case 'escalate':
      return escalated(event, view)
    case 'ask':
      return asked(event, view)
    case 'release':
      return released(event, view)
    case 'course':
      return watched(event, view)
    case 'worsen':
      return worsened(event, view)
  }
}

function reminded({ clock, dueAt, name }: Extract<ClockEvent, { verb: 'remind' }>, view: View): Told {
  const t = speaker(view.locale)
  const who = name === null ? null : personName(name, view.locale)
  const late = CLOCK[clock].late
  const left = duration(+dueAt - +view.now, view.locale)
  const until = moment(dueAt, view)
  return {
    line:
      who === null
        ? t(zh`提醒：${late.zh}，还剩${left}。`, `Reminder: ${late.en}; ${left} left.`)
        : t(zh`提醒${who}：${late.zh}，还剩${left}。`, `Reminder for ${who}: ${late.en}; ${left} left.`),
    said: t(zh`时限：${until}。`, `Due ${until}.`),
    instant: { at: +dueAt, words: until },
  }
}

function overdue(event: Extract<ClockEvent, { verb: 'overdue' }>, view: View): Told {
  const t = speaker(view.locale)
  const late = lateness(+view.now - +event.dueAt, view.locale)
  const { zh: zhLate, en: enLate } = CLOCK[event.clock].late
  const lead = event.leadName === null ? null : personName(event.leadName, view.locale)
  return {
    line: t(`${late}，${zhLate}。`, `${capital(late)}: ${enLate}.`),
    ...(lead === null
      ? {}
      : {
          said: t(zh`请${lead}介入，安排人跟进。`, `${lead}, please step in and see that someone takes it.`),
        }),
  }
}

function escalated({ clock, name }: Extract<ClockEvent, { verb: 'escalate' }>, view: View): Told {
  const t = speaker(view.locale)
  const late = CLOCK[clock].late
  if (name === null) return { line: t(zh`${late.zh}，已上报。`, `Escalated: ${late.en}.`) }
  const who = personName(name, view.locale)
  return {
    line: t(zh`${late.zh}，已上报${who}。`, `Escalated to ${who}: ${late.en}.`),
    said: t(zh`请${who}决定由谁接手。`, `${who}, please decide who takes it.`),
  }
}

function asked({ name }: Extract<ClockEvent, { verb: 'ask' }>, view: View): Told {
  const t = speaker(view.locale)
  const who = name === null ? t('负责人', 'the owner') : personName(name, view.locale)
  return {
    line: t(
      zh`${who}，这单认领后还没有进展，还在跟吗？`,
      `${who}, nothing has happened since you claimed this. Still on it?`,
    ),
    said: t(
      '联系上客户就点“已联系”；跟不过来可以转交，否则会放回给大家。',
      'Press Contacted once you reach the customer, or reassign it; otherwise it goes back to the team.',
    ),
  }
}

function released({ name }: Extract<ClockEvent, { verb: 'release' }>, view: View): Told {
  const t = speaker(view.locale)
  const who = name === null ? null : personName(name, view.locale)
  return {
    line:
      who === null
        ? t('一直没有进展，已放回，谁来接手？', 'No progress: back to the team. Who takes it?')
        : t(
            zh`${who}认领后一直没有进展，已放回，谁来接手？`,
            `No progress since ${who} claimed it: back to the team. Who takes it?`,
          ),
  }
}

const COURSE: Readonly<Record<Course, Text>> = {
  warming: text('回暖：客户有了来往，风险也降了', 'warming: the customer is back and the risk has gone down'),
  flat: text(
    '平稳：客户有过来往，但还不能说风险降了',
    'flat: the customer has been around, but the risk has not clearly gone down',
  ),
  cooling: text(
    '转冷：客户又有不满，或按平时的节奏该有来往了却没有',
    'cooling: unhappy again, or not seen when by their usual rhythm they should have been',
  ),
  'too-early': text(
    '还早：按平时的节奏还不到来的时候',
    'too early to tell: by their usual rhythm they are not due yet',
  ),
}

function watched({ course, day, of }: Extract<ClockEvent, { verb: 'course' }>, view: View): Told {
  const t = speaker(view.locale)
  const words = COURSE[course]
  return {
    line: t(zh`观察第 ${day}/${of} 天，${words.zh}。`, `Watch, day ${day} of ${of}, ${words.en}.`),
    ...(course === 'cooling' ? { said: t('最好主动问候一次。', 'A friendly word now would help.') } : {}),
  }
}

function worsened(event: Extract<ClockEvent, { verb: 'worsen' }>, view: View): Told {
  const t = speaker(view.locale)
  const { from, to, reason, assessment } = event
  const because = TIER_REASON[assessment.reason][view.locale]
  if (reason === 'worse-tier') {
    const words = `${to}${t('（', ' (')}${TIER[to][view.locale]}${t('）', ')')}`
    return { line: t(zh`风险升级：${from} → ${words}。`, `Risk raised: ${from} → ${words}.`), said: because }
  }
  if (reason === 'left')
    return { line: t(LEFT), said: t('先问清原因，能挽回再挽回。', 'Ask why before anything else.') }
  if (reason === 'back')
    return { line: t('客户又有往来了。', 'The customer is active again.'), said: because }
  if (reason === 'graver-words')
    return { line: t('客户的话说得更重了。', 'The customer’s words have grown graver.'), said: because }
  const fired = assessment.readings
    .filter((reading) => reading.fired)
    .map(({ signal }) => SIGNAL[signal][view.locale])
  return {
    line: t('又出现一类新的流失信号。', 'A new kind of signal has appeared.'),
    said: t(`现有信号：${fired.join('、')}。${because}`, `Signals now: ${fired.join(', ')}. ${because}`),
  }
}
