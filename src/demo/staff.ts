import type { AlertState, SlaClock } from '../alerts/alert.ts'
import { DAY, HOUR } from '../clock.ts'
import type { AlertTier } from '../risk/assessment.ts'
import type { DayNumber } from './calendar.ts'
import { dayAt, dayNumber, hourAt } from './calendar.ts'
import type { Leaving } from './casting.ts'
import type { Reaction } from './contact.ts'
import type { Draw } from './random.ts'
import { between, chance, openStream, pick } from './random.ts'
import type { Style } from './style.ts'
import { isAtWork, isOff, mayLook, styleOf } from './style.ts'

/** A case as its card shows it to the team. */
export interface BoardCase {
  readonly no: number
  readonly tier: AlertTier
  readonly state: AlertState
  readonly owner: string | null
  /** The CSM who keeps this customer in the CRM. */
  readonly keeper: string | null
  readonly openedAt: Date
  /** Clocks that have run out. */
  readonly missed: readonly SlaClock[]
  readonly mayCall: boolean
}

/** Something one of them does: a command on a case, after a call that was answered or not. */
export interface Act {
  readonly by: string
  readonly no: number
  readonly command: 'claim' | 'contacted' | 'retained' | 'resolve' | 'dismiss'
  /** What follows the case's number. */
  readonly words: string
  /** How well they spoke with the customer first, 0..1; null: no call. */
  readonly call: number | null
}

export interface Staff {
  /** What everybody does in the hour that begins now, given the cases at work. */
  hour(now: Date, board: readonly BoardCase[]): Act[]
  /** What the customer said in the call of a case, and what really is the matter (the caller hears some of it). */
  heard(no: number, reaction: Reaction, cause: Leaving | null, at: Date): void
}

/** What someone carries in their head about a case. */
interface Memory {
  readonly draw: Draw
  /** When they take it up, call next, and write the outcome. */
  readyAt: number
  callsAt: number
  closesAt: number
  readonly waves: boolean
  readonly forgets: boolean
  reaction: Reaction | null
  cause: Leaving | null
}

/** Hours until a diligent person takes a case up, and until they call. */
const TAKES: Readonly<Record<AlertTier, readonly [number, number]>> = { P0: [0, 1], P1: [0, 10], P2: [4, 72] }
const CALLS: Readonly<Record<AlertTier, readonly [number, number]>> = { P0: [0, 3], P1: [1, 26], P2: [2, 60] }
/** The others are this much slower. */
const SLOW = 3

/** The team at work: CSMs with the customers they keep, and their lead, who steps in where a P0 lies too long. */
export function openStaff(seed: string, csms: readonly string[], lead: string): Staff {
  const styles = csms.map((person, place) => styleOf(seed, person, place))
  const leadStyle = { ...styleOf(seed, lead, csms.length), diligence: 1, capacity: 20 }
  const memories = new Map<number, Memory>()
  const taken = new Map<string, number>()

  const memoryOf = (style: Style, { no, tier, openedAt }: BoardCase): Memory => {
    const known = memories.get(no)
    if (known !== undefined) return known
    const draw = openStream(seed, 'case', no)
    const memory: Memory = {
      draw,
      readyAt: openedAt.getTime() + waitFor(draw, TAKES[tier], style),
      callsAt: 0,
      closesAt: Number.POSITIVE_INFINITY,
      waves: chance(draw, style.slips.waves) && tier === 'P2',
      forgets: chance(draw, style.slips.forgets),
      reaction: null,
      cause: null,
    }
    memories.set(no, memory)
    return memory
  }

  function take(style: Style, one: BoardCase, now: Date): Act | null {
    const memory = memoryOf(style, one)
    const day = `${style.person} ${dayAt(now)}`
    const today = taken.get(day) ?? 0
    const pressed = one.missed.includes('claim')
    if ((now.getTime() < memory.readyAt && !pressed) || (today >= style.capacity && one.tier !== 'P0'))
      return null
    taken.set(day, today + 1)
    memory.callsAt = now.getTime() + waitFor(memory.draw, CALLS[one.tier], style)
    return act(style, one, 'claim', '')
  }

  /** Whoever looks after an unclaimed case this hour; null: nobody yet. */
  const onDuty = (one: BoardCase, day: DayNumber, hour: number): Style | null => {
    const place = styles.findIndex(({ person }) => person === one.keeper)
    if (place < 0) return isAtWork(leadStyle, day, hour) ? leadStyle : null
    const { tier } = one
    if (tier === 'P0' && one.missed.includes('claim') && isAtWork(leadStyle, day, hour)) return leadStyle
    // On the keeper's day off the next colleague stands in for what cannot wait.
    const team = tier === 'P2' ? [styles[place]!] : [...styles.slice(place), ...styles.slice(0, place)]
    const there = team.find((style) => !isOff(style, day))
    if (there === undefined) return null
    return isAtWork(there, day, hour) || (tier === 'P0' && mayLook(there, day, hour)) ? there : null
  }

  return {
    hour(now, board) {
      const day = dayNumber(dayAt(now))
      const hour = hourAt(now)
      return [...board].sort(byUrgency).flatMap((one) => {
        if (one.state === 'open') {
          const style = onDuty(one, day, hour)
          return (style && take(style, one, now)) ?? []
        }
        const style = styles.find(({ person }) => person === one.owner) ?? leadStyle
        return (isAtWork(style, day, hour) && follow(style, one, memoryOf(style, one), now)) || []
      })
    },
    heard(no, reaction, cause, at) {
      const memory = memories.get(no)!
      memory.reaction = reaction
      memory.cause = cause
      memory.closesAt = at.getTime() + between(memory.draw, 0.2, 4) * DAY
    },
  }
}

function waitFor(draw: Draw, [least, most]: readonly [number, number], style: Style): number {
  const hours = between(draw, least, most)
  return hours * (chance(draw, style.diligence) ? 1 : SLOW) * HOUR
}

/** The next step on a case of one's own: call until somebody answers, then write down what came of it. */
function follow(style: Style, one: BoardCase, memory: Memory, now: Date): Act | null {
  const { draw } = memory
  if (one.state === 'claimed') {
    if (now.getTime() < memory.callsAt && !one.missed.includes('reach')) return null
    if (memory.waves) return act(style, one, 'dismiss', '看记录没什么问题')
    if (!one.mayCall) return act(style, one, 'resolve', 'other other 客户不愿被联系，转为静默关怀')
    memory.callsAt = now.getTime() + between(draw, 3, 22) * HOUR
    if (!chance(draw, style.reaches)) return null
    const care = Math.min(1, Math.max(0, style.care + between(draw, -0.25, 0.25)))
    return { ...act(style, one, 'contacted', '电话已接通'), call: care }
  }
  if (one.state !== 'contacted' || memory.reaction === null) return null
  const reminded = one.missed.includes('outcome')
  if (now.getTime() < memory.closesAt && !reminded) return null
  if (memory.forgets && !reminded) return null
  return close(style, one, memory, memory.reaction)
}

function close(style: Style, one: BoardCase, { draw, cause }: Memory, reaction: Reaction): Act {
  const hasty = chance(draw, style.slips.hasty)
  const reason = chance(draw, style.slips.misjudges) ? pick(draw, REASONS) : reasonOf(cause)
  if (reaction === 'fine') {
    // Glad that all is well, some mark as kept what was never at risk.
    return hasty
      ? act(style, one, 'retained', '聊得不错，客户满意')
      : act(style, one, 'dismiss', '电话确认过，客户一切正常')
  }
  if (reaction === 'back' || hasty) return act(style, one, 'retained', NOTES[reason])
  return act(style, one, 'resolve', `lost ${reason} 客户态度明确，不再挽留`)
}

const REASONS = ['product', 'service', 'price', 'competitor', 'life-change', 'moved', 'other'] as const
type Reason = (typeof REASONS)[number]

const NOTES: Readonly<Record<Reason, string>> = {
  product: '约好返工，店长跟进',
  service: '已道歉，换高级技师接待',
  price: '给了一次保养优惠',
  competitor: '对比了服务内容，送上门取送车',
  'life-change': '换成里程更少的小套餐',
  moved: '介绍了新城市的门店',
  other: '邀请到店免费检测',
}

const REASON_OF: Readonly<Record<Leaving, Reason>> = {
  silent: 'other',
  angry: 'service',
  lured: 'competitor',
  moved: 'moved',
  warranty: 'price',
  'let-down': 'service',
  'life-change': 'life-change',
}

function reasonOf(cause: Leaving | null): Reason {
  return cause === null ? 'other' : REASON_OF[cause]
}

function act({ person }: Style, { no }: BoardCase, command: Act['command'], words: string): Act {
  return { by: person, no, command, words, call: null }
}

function byUrgency(a: BoardCase, b: BoardCase): number {
  return a.tier.localeCompare(b.tier) || a.no - b.no
}
