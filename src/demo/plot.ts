import type { DayNumber } from './calendar.ts'
import { dayNumber, HISTORY_START, OPENING } from './calendar.ts'
import type { Role } from './casting.ts'
import { SCRIPT_END, STORM } from './casting.ts'
import type { Course } from './course.ts'
import type { Draw } from './random.ts'
import { chance, pick, whole } from './random.ts'
import type { FeedbackRow } from './rows.ts'
import type { Mood } from './sentences.ts'

/** Something the plot makes a customer do on a day, apart from habits. */
export type Beat = { readonly day: DayNumber } & (
  | { readonly act: 'event'; readonly type: EventType }
  | { readonly act: 'refund' }
  | {
      readonly act: 'speak'
      readonly mood: Mood
      readonly channel: FeedbackRow['channel']
      readonly rating: number | null
      readonly nps: number | null
    }
)

/** Event types as the company's systems write them; demoConfig maps them to event kinds. */
export type EventType =
  | '工单创建'
  | '工单关闭'
  | '投诉'
  | '活动报名'
  | '内容阅读'
  | '老带新'
  | '故障报警'
  | '召回通知'
  | 'OTA升级'
  | '竞品到店'
  | '竞品试驾'
  | '竞品询价'
  | '二手车估值'
  | '延保续签'
  | '合同取消'

const RIVAL_SEEN: readonly EventType[] = ['竞品到店', '竞品试驾', '竞品询价', '二手车估值']

/** Everything the part asks for, in order of days. Depends on the part and its own stream only. */
export function plotOf(role: Role, course: Course | null, draw: Draw): Beat[] {
  const beats = course === null ? stayingPlot(role, draw) : leavingPlot(role, course, draw)
  return beats.sort((a, b) => a.day - b.day)
}

function leavingPlot(role: Role, course: Course, draw: Draw): Beat[] {
  switch (course.leaving) {
    case 'angry':
      return angry(role, course, draw)
    case 'lured':
      return lured(role, course, draw)
    case 'let-down':
      return letDown(role, course, draw)
    case 'moved':
      // A move is planned: they ask what becomes of their pack weeks before they go, or soon after.
      return [...maybe(draw, 0.75, [say(role.turn + whole(draw, -20, 6), 'moved', 'chat')])]
    case 'warranty':
      return maybe(draw, 0.55, [say(role.turn + whole(draw, -3, 20), 'warranty', 'chat')])
    case 'life-change':
      return [
        ...maybe(draw, 0.8, [
          say(role.turn + whole(draw, 0, 20), 'life-change', pick(draw, ['chat', 'call'])),
        ]),
        ...maybe(draw, 0.3, [happen(course.leaves - whole(draw, 0, 30), '二手车估值')]),
      ]
    case 'silent':
      return silent(role, course, draw)
  }
}

/** A fault, a ticket, a complaint, a loud voice; then again, louder, when nothing has changed. */
function angry(role: Role, course: Course, draw: Draw): Beat[] {
  const { turn } = role
  const first: Mood = role.storm ? 'storm' : 'furious'
  const second = turn + whole(draw, 6, 12)
  const third = second + whole(draw, 7, 16)
  const channel = pick(draw, ['ticket', 'call', 'chat', 'review'] as const)
  return [
    happen(turn - whole(draw, 4, 9), '故障报警'),
    happen(turn - whole(draw, 1, 3), '工单创建'),
    happen(turn, '投诉'),
    say(turn, role.sharp ? first : 'fed-up', channel, whole(draw, 1, 3)),
    ...maybe(draw, 0.4, [happen(turn + whole(draw, 2, 5), '工单关闭')]),
    ...maybe(draw, 0.72, [
      say(second, role.sharp ? 'still-furious' : 'fed-up', pick(draw, ['call', 'ticket', 'chat']), 1),
      happen(second, '投诉'),
    ]),
    ...maybe(draw, 0.5, [say(third, role.sharp ? 'still-furious' : 'furious', 'call', 1)]),
    ...maybe(draw, 0.5, [say(turn + whole(draw, 26, 60), 'fed-up', 'survey', whole(draw, 1, 3))]),
    ...maybe(draw, role.sharp ? 0.35 : 0.1, [{ day: turn + whole(draw, 8, 24), act: 'refund' as const }]),
    ...maybe(draw, 0.45, [seeRival(draw, course.leaves - whole(draw, 0, 30))]),
    ...maybe(draw, 0.4, [seeRival(draw, course.leaves + whole(draw, 5, 60))]),
    ...maybe(draw, role.sharp ? 0.15 : 0, [happen(course.leaves, '合同取消')]),
  ]
}

function lured(role: Role, course: Course, draw: Draw): Beat[] {
  const { turn } = role
  return [
    seeRival(draw, turn - whole(draw, 4, 14)),
    seeRival(draw, turn + whole(draw, 3, 9)),
    ...maybe(draw, 0.65, [say(turn + whole(draw, 4, 12), 'rival', pick(draw, ['chat', 'call', 'social']))]),
    ...maybe(draw, 0.75, [seeRival(draw, turn + whole(draw, 18, 32))]),
    ...maybe(draw, 0.75, [seeRival(draw, course.leaves - whole(draw, 0, 30))]),
    ...(role.sharp ? [say(turn + whole(draw, 28, 44), 'rival-won', 'chat')] : []),
  ]
}

function letDown(role: Role, course: Course, draw: Draw): Beat[] {
  const { turn } = role
  return [
    say(turn, 'let-down', 'survey', whole(draw, 3, 5), whole(draw, 2, 6)),
    ...maybe(draw, 0.6, [say(turn + whole(draw, 9, 24), 'gripe', 'survey', whole(draw, 3, 5), 4)]),
    ...(role.sharp ? [say(turn + whole(draw, 14, 34), 'let-down-over', 'call', 2)] : []),
    ...maybe(draw, 0.5, [say(turn + whole(draw, 40, 80), 'let-down', 'review', whole(draw, 2, 4))]),
    ...maybe(draw, 0.35, [seeRival(draw, course.leaves - whole(draw, 0, 30))]),
  ]
}

function silent(role: Role, course: Course, draw: Draw): Beat[] {
  return [
    ...maybe(draw, 0.3, [say(role.turn + whole(draw, 8, 40), 'curt', 'call', 7)]),
    ...maybe(draw, 0.45, [say(course.leaves - whole(draw, -20, 30), 'curt', 'call', whole(draw, 5, 6))]),
    ...maybe(draw, 0.45, [seeRival(draw, course.leaves - whole(draw, 0, 30))]),
  ]
}

/** Those who stay also have bad days, see a competitor's stand once, ask and say goodbye. */
function stayingPlot(role: Role, draw: Draw): Beat[] {
  const beats: Beat[] = []
  if (chance(draw, 0.16)) beats.push(seeRival(draw, whole(draw, 60, SCRIPT_END)))
  if (role.storm) beats.push(...grumble(STORM + whole(draw, 0, 45), draw, 'storm'))
  if (role.alike === 'complainer') {
    for (let day = dayNumber(HISTORY_START) + whole(draw, 20, 180); day < SCRIPT_END; ) {
      beats.push(...grumble(day, draw))
      day += whole(draw, 110, 260)
    }
  }
  if (role.alike === 'one-off') {
    const day = chance(draw, 0.4) ? OPENING - whole(draw, 3, 60) : whole(draw, 200, SCRIPT_END)
    beats.push(say(day, 'gripe', 'survey', whole(draw, 3, 5)))
    beats.push(say(day + whole(draw, 20, 45), 'praise', 'survey', whole(draw, 9, 10), 9))
  }
  if (role.alike === 'talker') {
    for (let day = whole(draw, 5, 110); day < SCRIPT_END; day += whole(draw, 60, 150)) {
      beats.push(say(day, pick(draw, ['how-to', 'goodbye', 'negation', 'how-to']), 'chat'))
    }
  }
  return beats
}

/** A complaint that ends well: loud words, a ticket, an answer, a milder word. Some threaten to go, and never do. */
function grumble(day: DayNumber, draw: Draw, about?: Mood): Beat[] {
  const answered = day + whole(draw, 2, 5)
  const mood: Mood = about ?? (chance(draw, 0.3) ? 'furious' : 'complaint')
  return [
    happen(day, '投诉'),
    happen(day, '工单创建'),
    say(day, mood, pick(draw, ['ticket', 'review', 'call']), whole(draw, 4, 6)),
    happen(answered, '工单关闭'),
    say(answered + whole(draw, 1, 5), 'soothed', 'survey', whole(draw, 8, 9)),
  ]
}

function say(
  day: DayNumber,
  mood: Mood,
  channel: FeedbackRow['channel'],
  rating: number | null = null,
  nps: number | null = null,
): Beat {
  return { day, act: 'speak', mood, channel, rating, nps }
}

function happen(day: DayNumber, type: EventType): Beat {
  return { day, act: 'event', type }
}

function seeRival(draw: Draw, day: DayNumber): Beat {
  return happen(day, pick(draw, RIVAL_SEEN))
}

function maybe(draw: Draw, odds: number, beats: Beat[]): Beat[] {
  return chance(draw, odds) ? beats : []
}
