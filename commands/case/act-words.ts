import { ForeshockError } from '../../src/errors.ts'
import { nearest, suggestion } from '../../src/nearest.ts'
import { clip, text } from '../../src/text.ts'
import { writeLike } from '../../templates/usage.ts'

/** Words of commands that can do several things: the act comes first. */

export function firstOf(words: string): [first: string, rest: string] {
  const [, first = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(words) ?? []
  return [first, rest.trim()]
}

/** The page of the list that is asked for: of "", "list", "list page 2" and "page 2"; null: something else is. */
export function listPage(words: string): number | null {
  const [act, rest] = firstOf(words.trim())
  if (act === '' || act.toLowerCase() === 'list') return pageIn(rest)
  return act.toLowerCase() === 'page' ? pageIn(words) : null
}

function pageIn(words: string): number {
  const found = /^\s*page\s+(\d{1,4})\s*$/i.exec(words)
  return found === null ? 1 : Math.max(1, Number(found[1]))
}

/** A command is told to do something it does not know. */
export function unknownAct(
  command: string,
  usage: string,
  acts: readonly string[],
  said: string,
): ForeshockError {
  const near = nearest(said, acts)
  const short = clip(said, 40)
  return new ForeshockError(
    'BAD_INPUT',
    text(`${command} 没有“${short}”这个用法。`, `${command} does not know "${short}".`),
    near === null ? writeLike(usage) : suggestion(`${command} ${near}`),
  )
}
