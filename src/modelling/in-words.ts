import { isExpected } from '../errors.ts'
import { type Text, text } from '../text.ts'

/** What went wrong, for people: an expected error in its own words, a bug without a word of the inside. */
export function inWords(error: unknown): Text {
  if (isExpected(error)) return text(error.explain('zh'), error.explain('en'))
  return text('程序出错，详情见日志。', 'Something went wrong in the program; the log has the details.')
}
