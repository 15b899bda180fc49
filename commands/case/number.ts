import { ForeshockError } from '../../src/errors.ts'
import { clip, text } from '../../src/text.ts'
import { usageIn, writeLike } from '../../templates/usage.ts'

/** A case number at the start of a command's words, and what follows it. */
export interface CaseWords {
  readonly no: number
  readonly rest: string
}

/**
 * Reads `A-1042 ...`, `a1042` or plain `1042`, also with the dash and the stop that a Chinese keyboard writes.
 *
 * @param usage shown when the number is missing
 * @throws ForeshockError BAD_INPUT
 */
export function parseCase(words: string, usage: string): CaseWords {
  const found = /^\s*(?:a(?:-|－|—+|–)?|#)?(\d{1,9})(?:[\s，、。：；]+|$)([\s\S]*)$/i.exec(words)
  if (found !== null) {
    const rest = found[2]!.trim()
    if (CASES_ONLY.test(rest)) throw oneAtATime(rest)
    return { no: Number(found[1]), rest }
  }
  const said = words.trim()
  const customer = /^c-?\d+/i.exec(said)?.[0].toUpperCase()
  throw new ForeshockError(
    'BAD_INPUT',
    said === ''
      ? text('没写是哪个单子。', 'Which case?')
      : text(`“${clip(said, 40)}”不是单号。`, `"${clip(said, 40)}" is not a case number.`),
    // Whose case it is they know; its number stands with the customer.
    customer === undefined
      ? writeLike(usage)
      : text(
          `这是客户编号，单号见 show ${customer}。这样写：${usageIn(usage, 'zh')}`,
          `That is a customer; show ${customer} names the case. Write it like this: ${usage}`,
        ),
  )
}

/** Nobody means a note of nothing but other cases' numbers. */
const CASES_ONLY = /^(?:(?:[\s,，、和]|and\s)*a-?\d{1,9})+$/i

function oneAtATime(others: string): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    text('一次只能写一个单号。', 'Only one case at a time.'),
    text(`其余的分开写：${clip(others, 40)}`, `Send the others by themselves: ${clip(others, 40)}`),
  )
}
