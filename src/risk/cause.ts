import { DAY } from '../clock.ts'
import { isAuthorised } from '../features/facts.ts'
import { authorisationOf } from '../features/kind-tree.ts'
import type { Profile } from '../features/profile.ts'
import type { Evidence, Reading } from '../signals/signal.ts'
import type { History, Voice } from '../timeline/history.ts'
import { ownWords } from '../voice/first-hand.ts'
import type { MoodOf } from '../voice/mood.ts'
import type { Cause } from './assessment.ts'
import { saysMoved, saysWhereTo } from './moved.ts'

/** Votes needed before a cause is named; below it the honest answer is "unknown". */
const ENOUGH = 1

interface Said {
  readonly cause: Cause
  readonly votes: number
  /** True for what happened in the customer's life, which the content tell as well as the discontent. */
  readonly isFact?: true
  isSaid(text: string): boolean
}

/** What people say when they mean a cause. Said outright, a move or a change of life outweighs the rest. */
const SAID: readonly Said[] = [
  { cause: 'moved', votes: 6, isFact: true, isSaid: saysMoved },
  // Outright as well: "we are moving to" stands among the words of a changing life.
  { cause: 'competitor', votes: 6, isFact: true, isSaid: saysWhereTo },
  {
    cause: 'life-change',
    votes: 5,
    isFact: true,
    isSaid: found(
      /卖车|车卖了|把车卖|失业|退休|怀孕|生孩子|离婚|换工作|换了工作|配了?车|开得少|不开车了|\b(?:sold (?:my|the|our) car|lost my job|laid off|retir(?:ed|ing)|company car|work from home|pregnan\w+|new baby|divorc\w+|no longer drive)\b/i,
    ),
  },
  {
    cause: 'price',
    votes: 3,
    isSaid: found(
      /太贵|好贵|贵了|更贵|涨价|乱收费|收费高|收费太|多收|性价比|划不来|不划算|\b(?:expensive|overpriced|overcharg\w+|price|pricing|too much money|hidden fees?|cheaper)\b/i,
    ),
  },
  {
    cause: 'product',
    votes: 3,
    isSaid: found(
      /质量|故障|异响|漏油|坏了|又坏|死机|抛锚|熄火|毛病|召回|修不好|没修好|修了.{0,8}(?:没|还)|返修|\b(?:broke(?:n|s)?|broke down|defect\w*|faulty|quality|crash(?:es|ed|ing)?|bugs?|stopped working|(?:not|never|isn't|wasn't) (?:fixed|repaired)|still (?:broken|not working)|keeps? (?:breaking|failing))\b/i,
    ),
  },
  {
    cause: 'service',
    votes: 3,
    isSaid: found(
      /服务|态度|客服|接待|敷衍|推诿|没人管|没人理|排队|等了|顾问|技师|\b(?:service|staff|rude|support|waited|waiting|attitude|ignored|no one (?:called|answered)|technician|advisor)\b/i,
    ),
  },
]

/** Words of leaving that say to whom: "换一家", "switch to another". */
const ELSEWHERE =
  /换(?:了?一?家|别|个地方|家店|品牌|牌子)|[换找].*(?:供应商|服务商|运营商|平台|公司|银行|品牌)|别家|别人家|另(?:外)?一家|其[他它]家|下家|隔壁|同行|友商|竞品|对手|携号转|转网|另请高明|\b(?:another|different|elsewhere|some(?:one|body|where|thing) else|competit\w+|rivals?|switch (?:provider|carrier|bank|supplier|vendor|insurer|network)s?)\b/i
/** UTF-16 units of a voice that are read. */
const MOST_READ = 4_000

/** What a kind of event says about the cause, how many days it stays telling, and how loudly. */
const EVENTS: readonly {
  readonly kind: string
  readonly cause: Cause
  readonly days: number
  readonly votes: number
}[] = [
  { kind: 'competitor_seen', cause: 'competitor', days: 60, votes: 3 },
  { kind: 'competitor_traced', cause: 'competitor', days: 60, votes: 3 },
  { kind: 'complaint', cause: 'service', days: 90, votes: 2 },
  { kind: 'fault', cause: 'product', days: 180, votes: 2 },
  { kind: 'recall', cause: 'product', days: 180, votes: 1 },
]

/** The likely reason of leaving, from what was said, what happened and what the readings show; ties by that order. */
export function causeOf(
  readings: readonly Reading[],
  history: History,
  profile: Profile,
  moodOf?: MoodOf | undefined,
): Cause {
  if (readings.length === 0 && history.voices.length === 0 && !hasTold(history, profile)) return 'unknown'
  const votes = new Votes()
  for (const { fired, evidence } of readings) {
    if (fired) for (const piece of evidence) vote(piece, profile, votes)
  }
  for (const voice of latest(history)) {
    const words = ownWords(voice.text.slice(0, MOST_READ), voice.channel)
    const isContent = soundsContent(voice, moodOf)
    for (const { cause, votes: count, isFact = false, isSaid } of SAID)
      if ((isFact || !isContent) && isSaid(words)) votes.add(cause, count)
  }
  for (const event of EVENTS) if (isTold(event, history, profile)) votes.add(event.cause, event.votes)
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
function hasTold(history: History, profile: Profile): boolean {
  for (const event of EVENTS) if (isTold(event, history, profile)) return true
  return false
}

/** What others tell of a customer tells nothing until they agreed to that. */
function isTold({ kind, days }: (typeof EVENTS)[number], history: History, profile: Profile): boolean {
  // Never, where there was none: NaN is within no days.
  if (!(history.asOf - history.last(kind) <= days * DAY)) return false
  return isAuthorised(history.customer.attributes, authorisationOf(profile, kind))
}

function vote(piece: Evidence, profile: Profile, votes: Votes): void {
  if (piece.kind === 'quote' && piece.wordClass === 'competitor') votes.add('competitor', 3)
  // Less than a complaint said with it: that is why they go elsewhere.
  if (piece.kind === 'quote' && piece.terms.some((term) => ELSEWHERE.test(term))) votes.add('competitor', 2)
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
const NONE: History['voices'] = []

function latest({ voices, asOf }: History): History['voices'] {
  if (voices.length === 0) return NONE
  return voices.filter(({ at }) => at >= asOf - SAID_DAYS * DAY)
}

/** A rating (0-10) and a mood above which nobody complains: "thanks, the service was great" names no reason to leave. */
const CONTENT = { rating: 7, mood: 0.1 }

function soundsContent(voice: Voice, moodOf: MoodOf | undefined): boolean {
  if (voice.rating !== null) return voice.rating > CONTENT.rating
  return (moodOf?.(voice)?.score ?? 0) > CONTENT.mood
}

function found(words: RegExp): (text: string) => boolean {
  return (text) => words.test(text)
}
