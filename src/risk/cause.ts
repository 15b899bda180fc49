import { DAY } from '../clock.ts'
import type { Profile } from '../features/profile.ts'
import type { Evidence, Reading } from '../signals/signal.ts'
import type { History } from '../timeline/history.ts'
import type { Cause } from './assessment.ts'

/** Votes needed before a cause is named; below it the honest answer is "unknown". */
const ENOUGH = 1

/** What people say when they mean a cause. Said outright, a move or a change of life outweighs the rest. */
const SAID: readonly { readonly cause: Cause; readonly votes: number; readonly words: RegExp }[] = [
  {
    cause: 'moved',
    votes: 6,
    words:
      /搬家|搬走|搬到|搬去|搬迁|调去外地|调到外地|去外地|人在外地|调我去|派我去|调去|离得太远|太远了|\b(?:i|we)(?:'ve|'m|'re| have| are| am)? (?:just )?(?:moved|moving|relocat\w+)\b|\btransferred to\b|\btoo far\b/i,
  },
  {
    cause: 'life-change',
    votes: 5,
    words:
      /卖车|车卖了|把车卖|失业|退休|怀孕|生孩子|离婚|换工作|换了工作|配了?车|开得少|不开车了|\b(?:sold (?:my|the|our) car|lost my job|laid off|retir(?:ed|ing)|company car|work from home|pregnan\w+|new baby|divorc\w+|no longer drive)\b/i,
  },
  {
    cause: 'price',
    votes: 3,
    words:
      /太贵|好贵|贵了|更贵|涨价|乱收费|收费高|收费太|多收|性价比|划不来|不划算|\b(?:expensive|overpriced|overcharg\w+|price|pricing|too much money|hidden fees?|cheaper)\b/i,
  },
  {
    cause: 'product',
    votes: 3,
    words:
      /质量|故障|异响|漏油|坏了|又坏|死机|抛锚|熄火|毛病|召回|修不好|没修好|修了.{0,8}(?:没|还)|返修|\b(?:broke(?:n|s)?|broke down|defect\w*|faulty|quality|crash(?:es|ed|ing)?|bugs?|stopped working|(?:not|never|isn't|wasn't) (?:fixed|repaired)|still (?:broken|not working)|keeps? (?:breaking|failing))\b/i,
  },
  {
    cause: 'service',
    votes: 3,
    words:
      /服务|态度|客服|接待|敷衍|推诿|没人管|没人理|排队|等了|顾问|技师|\b(?:service|staff|rude|support|waited|waiting|attitude|ignored|no one (?:called|answered)|technician|advisor)\b/i,
  },
]

/** What a kind of event says about the cause, how many days it stays telling, and how loudly. */
const EVENTS: readonly {
  readonly kind: string
  readonly cause: Cause
  readonly days: number
  readonly votes: number
}[] = [
  { kind: 'competitor_seen', cause: 'competitor', days: 60, votes: 3 },
  { kind: 'complaint', cause: 'service', days: 90, votes: 2 },
  { kind: 'fault', cause: 'product', days: 180, votes: 2 },
  { kind: 'recall', cause: 'product', days: 180, votes: 1 },
]

/** The likely reason of leaving, from what was said, what happened and what the readings show; ties by that order. */
export function causeOf(readings: readonly Reading[], history: History, profile: Profile): Cause {
  if (readings.length === 0 && history.voices.length === 0 && !hasTold(history)) return 'unknown'
  const votes = new Votes()
  for (const { fired, evidence } of readings) {
    if (fired) for (const piece of evidence) vote(piece, profile, votes)
  }
  if (history.voices.length > 0) {
    for (const { text } of complaining(history)) {
      for (const { cause, votes: count, words } of SAID)
        if (words.test(text.slice(0, 4_000))) votes.add(cause, count)
    }
  }
  for (const { kind, cause, days, votes: count } of EVENTS) {
    // Never, where there was none: NaN is within no days.
    if (history.asOf - history.last(kind) <= days * DAY) votes.add(cause, count)
  }
  return votes.most()
}

/** Votes for causes, by the order in which they were first named. There are few: looking through them is quicker than a map. */
class Votes {
  readonly #causes: Cause[] = []
  readonly #counts: number[] = []

  add(cause: Cause, count: number): void {
    const at = this.#causes.indexOf(cause)
    if (at >= 0) this.#counts[at]! += count
    else {
      this.#causes.push(cause)
      this.#counts.push(count)
    }
  }

  /** The cause with the most, of equal ones the first; none with too few. */
  most(): Cause {
    let [best, most] = ['unknown' as Cause, 0]
    for (let at = 0; at < this.#causes.length; at += 1) {
      const count = this.#counts[at]!
      if (count >= ENOUGH && count > most) [best, most] = [this.#causes[at]!, count]
    }
    return best
  }
}

/** True when something happened lately that says why. */
function hasTold(history: History): boolean {
  for (const { kind, days } of EVENTS) if (history.asOf - history.last(kind) <= days * DAY) return true
  return false
}

function vote(piece: Evidence, profile: Profile, votes: Votes): void {
  if (piece.kind === 'quote' && piece.wordClass === 'competitor') votes.add('competitor', 3)
  // Below what SAID gives to a move: a move is the change of life one can do least about.
  if (piece.kind === 'quote' && piece.wordClass === 'life-change') votes.add('life-change', 5)
  // A mood that broke was broken by something we did or left undone.
  if (piece.kind === 'emotion') votes.add('service', 1)
  if (rests(piece, profile, 'competitor_seen')) votes.add('competitor', 2)
  if (rests(piece, profile, 'voice')) votes.add('service', 1)
}

/** Whether a piece of evidence rests on a kind of event. */
function rests(piece: Evidence, { rules, change }: Profile, kind: string): boolean {
  if (piece.kind === 'rule') {
    for (const { name, basis } of rules) if (name === piece.rule) return basis.includes(kind)
  }
  if (piece.kind === 'change') {
    for (const { now, basis } of change) if (now === piece.feature && basis === kind) return true
  }
  return false
}

/** What was said long ago tells little about why someone would leave now. */
const SAID_DAYS = 30

/** Voices of someone content say nothing about why they might leave. */
function complaining(history: History) {
  const since = history.asOf - SAID_DAYS * DAY
  return history.voices.filter(({ at, rating }) => at >= since && (rating === null || rating <= 7))
}
