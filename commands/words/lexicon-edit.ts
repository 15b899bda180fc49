import { ForeshockError } from '../../src/errors.ts'
import { nearest } from '../../src/nearest.ts'
import { clip, text } from '../../src/text.ts'
import type { LexiconEntry, OwnClass } from '../../src/voice/entry.ts'
import { compileLexicon } from '../../src/voice/lexicon.ts'
import {
  type AddedTerm,
  addedEntry,
  changedEntries,
  isAdded,
  type LexiconChange,
  ownClasses,
  termKey,
} from '../../src/voice/lexicon-changes.ts'
import { WORD_CLASS } from '../../templates/words.ts'
import { noClass } from './lexicon-parts.ts'

/** Additions beyond this are a list nobody has read. */
export const MOST_ADDED = 500

/**
 * The changes with a term added; a shipped term of that class that was switched off is simply switched on again.
 *
 * @throws ForeshockError CONFLICT when it counts already, or there are too many; BAD_INPUT for a class there is not, or
 * a pattern that cannot be used
 */
export function withAdded(
  shipped: readonly LexiconEntry[],
  changes: readonly LexiconChange[],
  added: AddedTerm,
): LexiconChange[] {
  const entry = addedEntry(added, ownClasses(changes))
  if (entry === null) throw noClass(added.class, ownClasses(changes))
  // What cannot be compiled alone must not spoil the lexicon.
  compileLexicon([entry])
  const key = termKey(added.term)
  const present = changedEntries(shipped, changes).find(({ term }) => termKey(term) === key)
  if (present !== undefined) throw alreadyThere(present)
  const rest = changes.filter((change) => 'own' in change || termKey(change.term) !== key)
  const original = shipped.find(({ term }) => termKey(term) === key)
  if (original?.class === added.class && Object.keys(added).length === 2) return rest
  if (changes.filter(isAdded).length >= MOST_ADDED) throw tooMany()
  // A shipped term in another class stays off beside the added one.
  const off = original === undefined ? [] : [{ term: original.term, off: true as const }]
  return [...rest, ...off, added]
}

/**
 * The changes with a class of the company's own.
 *
 * @throws ForeshockError CONFLICT when there is one of that name
 */
export function withClass(changes: readonly LexiconChange[], own: OwnClass): LexiconChange[] {
  if (!ownClasses(changes).some(({ id }) => id === own.id)) return [...changes, { own }]
  throw new ForeshockError(
    'CONFLICT',
    text(`已经有“${own.id}”这一类。`, `There is a class "${own.id}" already.`),
    text(
      `要改，先输入 lexicon class remove ${own.id}。`,
      `To change it, first type lexicon class remove ${own.id}.`,
    ),
  )
}

/**
 * The changes without an own class; its words must be gone first.
 *
 * @throws ForeshockError NOT_FOUND when there is none, CONFLICT while words stand in it
 */
export function withoutClass(changes: readonly LexiconChange[], id: string): LexiconChange[] {
  const own = ownClasses(changes)
  if (!own.some((each) => each.id === id)) throw noClass(id, own)
  const words = changes.filter(isAdded).filter((change) => change.class === id)
  if (words.length === 0) return changes.filter((change) => !('own' in change && change.own.id === id))
  throw new ForeshockError(
    'CONFLICT',
    text(`“${id}”里还有 ${words.length} 个词。`, `There are still ${words.length} words in "${id}".`),
    text(
      `先用 lexicon remove 去掉它们，例如“${words[0]!.term}”。`,
      `First remove them with lexicon remove, "${words[0]!.term}" for one.`,
    ),
  )
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
  const added = changes.filter(isAdded).some((change) => termKey(change.term) === key)
  if (added) return changes.filter((change) => !isAdded(change) || termKey(change.term) !== key)
  return [...changes, { term: shipped.find((entry) => termKey(entry.term) === key)!.term, off: true }]
}

function alreadyThere({ term, class: wordClass, own }: LexiconEntry): ForeshockError {
  const name = own ?? WORD_CLASS[wordClass]
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
