import { RE2JS } from 're2js'
import { ForeshockError } from '../errors.ts'
import { text } from '../text.ts'

/** A regular expression that takes linear time whatever it is and whatever it reads. */
export interface Pattern {
  /** Where it matches, from the left, without empty matches. */
  spansIn(words: string): readonly { readonly start: number; readonly end: number }[]
}

/** More matches than this in one text say nothing more. */
const MOST_SPANS = 100

/**
 * Compiles a pattern in RE2's syntax, upper and lower case alike.
 *
 * @throws ForeshockError BAD_INPUT for what RE2 does not know (look-around, back references) or cannot read
 */
export function compilePattern(source: string): Pattern {
  const compiled = read(source)
  if (compiled.matcher('').matches()) {
    throw new ForeshockError(
      'BAD_INPUT',
      text(`正则“${source}”连空白也会命中。`, `The pattern "${source}" matches nothing at all, too.`),
      text(
        '让它至少要求一个字，例如把 * 换成 +。',
        'Make it ask for one character at least, say + instead of *.',
      ),
    )
  }
  return {
    spansIn(words) {
      const matcher = compiled.matcher(words)
      const spans: { start: number; end: number }[] = []
      while (spans.length < MOST_SPANS && matcher.find()) {
        if (matcher.end() > matcher.start()) spans.push({ start: matcher.start(), end: matcher.end() })
      }
      return spans
    },
  }
}

function read(source: string): RE2JS {
  try {
    return RE2JS.compile(source, RE2JS.CASE_INSENSITIVE)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new ForeshockError(
      'BAD_INPUT',
      text(`正则“${source}”不能用：${why}。`, `The pattern "${source}" cannot be used: ${why}.`),
      hintFor(source),
    )
  }
}

function hintFor(source: string) {
  if (/\(\?<?[=!]/.test(source)) {
    return text(
      '不支持前后断言（lookahead、lookbehind）；例外请写进词条的 not。',
      'Look-ahead and look-behind are not supported; put the exceptions under "not" of a term instead.',
    )
  }
  if (/\\[1-9]|\\k</.test(source))
    return text(
      '不支持反向引用，请把各种写法逐一列出。',
      'Back references are not supported; list the forms one by one.',
    )
  return text('请检查括号和转义。', 'Check its brackets and backslashes.')
}
