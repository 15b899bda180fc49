import { isPoliteClosing, isResolved } from './courtesy.ts'
import type { LexiconEntry } from './entry.ts'
import { isInOurFavour } from './favour.ts'
import { type Gap, marksOf, mayHold } from './gap.ts'
import { gateOf } from './gate.ts'
import type { Meaning } from './lexicon.ts'
import { isNegated } from './negation.ts'
import { isWordUnit } from './normalise.ts'
import { hasOtherObject } from './object.ts'
import { isHowTo } from './question.ts'
import { isBrokenPromise, isQuoted } from './quote.ts'
import { isNotOurs, isOldOne, isSomeoneElse } from './someone-else.ts'
import { isSupposed } from './supposition.ts'
import type { Surroundings } from './surroundings.ts'
import type { Why } from './why.ts'

/** Reads what stands around a term, and says why it counts or does not. */
export function judge(around: Surroundings, { entry, act, gaps }: Meaning): Why {
  if (gaps.length > 0 && hasOtherMeaning(gaps, around)) return 'other-meaning'
  if (entry.class === 'strong-negative' && isNotOurs(around)) return 'other-meaning'
  if (entry.closing === true && isPoliteClosing(around)) return 'closing'
  const asked = entry.asked === true
  if (isNegated(around, asked, entry.class === 'strong-negative')) return 'negated'
  if (isQuoted(around) && !(asked && isBrokenPromise(around))) return 'quoted'
  const mine = entry.class === 'strong-negative' && !befell(around)
  if (!mine && isSomeoneElse(around) && !isLure(entry, around)) return 'someone-else'
  if (entry.class === 'competitor' && isInOurFavour(around)) return 'in-our-favour'
  if (act) {
    if (isOldOne(around)) return 'other-meaning'
    if (isHowTo(around, asked)) return 'how-to'
    if (isSupposed(around, asked)) return 'hypothetical'
  } else if (entry.class === 'life-change' && isSupposed(around, false)) return 'hypothetical'
  if (entry.relation === true && hasOtherObject(around)) return 'other-meaning'
  return isResolved(around, entry.class) ? 'resolved' : 'said'
}

/** It befell somebody: "my friend got scammed". */
const BEFELL = /\b(?:got|was|were|been)(?: \w+)?$/
const MAY_HAVE_BEFALLEN = gateOf(BEFELL)

function befell({ before, term, latin, signs }: Surroundings): boolean {
  return latin && (signs.all & MAY_HAVE_BEFALLEN) !== 0 && BEFELL.test(before + term)
}

/** What a friend praises elsewhere lures the customer too. */
function isLure(entry: LexiconEntry, { rest }: Surroundings): boolean {
  return (
    entry.class === 'competitor' && LURES.test(rest) && !/\bbut i\b|\bi'm happy\b|我(?:没|还|不)/.test(rest)
  )
}

const LURES =
  /便宜|省|划算|实惠|一半|免费|更好|不错|满意|听说|据说|\b(?:less|cheaper|better|saves?|saved|saving|half|free|happier|loves?|twice)\b/

const GAP_UNITS = 24

/** True when the words of a gap stand near the term in the same clause. */
function hasOtherMeaning(gaps: readonly Gap[], around: Surroundings): boolean {
  const { before, after } = around
  const marks = { before: marksOf(before), after: marksOf(after) }
  return gaps.some((gap) => mayHold(marks[gap.side], gap) && distanceTo(gap, { before, after }) !== null)
}

/** How many units off the term the words of a gap begin, the last of them; null when they do not stand there. */
export function distanceTo(gap: Gap, around: Pick<Surroundings, 'before' | 'after'>): number | null {
  const near = gap.side === 'after' ? around.after.slice(0, GAP_UNITS + gap.words.length) : around.before
  const side = gap.side === 'after' ? near : near.slice(-(GAP_UNITS + gap.words.length))
  for (
    let at = side.lastIndexOf(gap.words);
    at !== -1;
    at = at === 0 ? -1 : side.lastIndexOf(gap.words, at - 1)
  ) {
    if (isWholeWord(side, at, at + gap.words.length)) return gap.side === 'after' ? at : side.length - at
  }
  return null
}

/** Whole in English, a plural included; Chinese needs no boundary. */
function isWholeWord(side: string, start: number, end: number): boolean {
  const latin = isWordUnit(side[start])
  if (latin && isWordUnit(side[start - 1])) return false
  const rest = side.slice(end, end + 2)
  return !isWordUnit(side[end - 1]) || !isWordUnit(rest[0]) || (rest[0] === 's' && !isWordUnit(rest[1]))
}
