import { ForeshockError } from '../../src/errors.ts'
import { text } from '../../src/text.ts'
import { writeLike } from '../../templates/usage.ts'

/** Longest name or number a person would type. */
const LONGEST = 80

/** @throws ForeshockError BAD_INPUT when nobody is named */
export function parseCustomer(words: string, usage: string): string {
  const said = words.trim()
  if (said !== '' && said.length <= LONGEST) return said
  throw new ForeshockError(
    'BAD_INPUT',
    said === ''
      ? text('没写是哪位客户。', 'Which customer?')
      : text('客户名写得太长了。', 'That is too long for a customer.'),
    writeLike(usage),
  )
}
