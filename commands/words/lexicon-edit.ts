import { ForeshockError } from '../../src/errors.ts'
import { nearest } from '../../src/nearest.ts'
import { clip, text } from '../../src/text.ts'
import type { LexiconEntry, WordClass } from '../../src/voice/lexicon.ts'
import { changedEntries, type LexiconChange, termKey } from '../../src/voice/lexicon-changes.ts'
import { WORD_CLASS } from '../../templates/words.ts'

/** Additions beyond this are a list nobody has read. */
export const MOST_ADDED = 500

/**
 * The changes with a term added; a shipped term of that class that was switched off is simply switched on again.
 *
 * @throws ForeshockError CONFLICT when it counts already, or there are too many
 */
export function withAdded(
  shipped: readonly LexiconEntry[],
  changes: readonly LexiconChange[],
  term: string,
  wordClass: WordClass,
): LexiconChange[] {
  const key = termKey(term)
  const present = changedEntries(shipped, changes).find((entry) => termKey(entry.term) === key)
  if (present !== undefined) throw alreadyThere(present)
  const rest = changes.filter((change) => termKey(change.term) !== key)
  const original = shipped.find((entry) => termKey(entry.term) === key)
  if (original?.class === wordClass) return rest
  if (changes.filter((change) => !('off' in change)).length >= MOST_ADDED) throw tooMany()
  // A shipped term in another class stays off beside the added one.
  const off = original === undefined ? [] : [{ term: original.term, off: true as const }]
  return [...rest, ...off, { term, class: wordClass }]
}

/**
 * The changes without a term: an added one goes, a shipped one is recorded as off.
 *
 * @throws ForeshockError NOT_FOUND when it does not count now
 */
export function withRemoved(
  shipped: readonly LexiconEntry[],
  changes: readonly LexiconChange[],
  term: string,
): LexiconChange[] {
  const key = termKey(term)
  const present = changedEntries(shipped, changes)
  if (!present.some((entry) => termKey(entry.term) === key)) throw notThere(term, present, shipped)
  const added = changes.some((change) => !('off' in change) && termKey(change.term) === key)
  if (added) return changes.filter((change) => 'off' in change || termKey(change.term) !== key)
  return [...changes, { term: shipped.find((entry) => termKey(entry.term) === key)!.term, off: true }]
}

function alreadyThere({ term, class: wordClass }: LexiconEntry): ForeshockError {
  const name = WORD_CLASS[wordClass]
  return new ForeshockError(
    'CONFLICT',
    text(`“${term}”已经在词库里（${name.zh}）。`, `"${term}" is in the lexicon already (${name.en}).`),
    text(
      `要换类别，先输入 lexicon remove ${term}。`,
      `To move it to another class, first type lexicon remove ${term}.`,
    ),
  )
}

function tooMany(): ForeshockError {
  return new ForeshockError(
    'CONFLICT',
    text(`自己加的词最多 ${MOST_ADDED} 个。`, `At most ${MOST_ADDED} words can be added.`),
    text('先用 lexicon remove 去掉不再需要的。', 'First remove those no longer needed, with lexicon remove.'),
  )
}

function notThere(
  term: string,
  present: readonly LexiconEntry[],
  shipped: readonly LexiconEntry[],
): ForeshockError {
  const said = clip(term, 40)
  if (shipped.some((entry) => termKey(entry.term) === termKey(term))) {
    return new ForeshockError(
      'CONFLICT',
      text(`“${said}”已经停用了。`, `"${said}" is switched off already.`),
      text('要重新启用，用 lexicon add。', 'To switch it on again, use lexicon add.'),
    )
  }
  const near = nearest(
    term,
    present.map((entry) => entry.term),
  )
  return new ForeshockError(
    'NOT_FOUND',
    text(`词库里没有“${said}”。`, `"${said}" is not in the lexicon.`),
    near === null
      ? text('输入 lexicon list 查看全部词条。', 'Type lexicon list to see every word.')
      : text(`是不是“${near}”？`, `Did you mean "${near}"?`),
  )
}
