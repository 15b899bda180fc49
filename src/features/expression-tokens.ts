import { ForeshockError } from '../errors.ts'
import { text } from '../text.ts'

/** Longest expression accepted: a rule that needs more is two rules. */
const LONGEST = 500

export interface Token {
  readonly type: 'number' | 'name' | 'operator' | 'end'
  readonly text: string
  /** 1-based column where it starts. */
  readonly column: number
}

const PATTERN = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|(<=|>=|!=|==|[-+*/()<>=,≤≥≠]))/y
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['==', '='],
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '!='],
])

/** Cuts an expression into tokens, the last one being `end`. Throws BAD_INPUT that points at the column. */
export function tokens(source: string): Token[] {
  if (source.length > LONGEST) throw tooLong(source.length)
  const plain = halfWidth(source)
  const found: Token[] = []
  PATTERN.lastIndex = 0
  let end = 0
  for (let match = PATTERN.exec(plain); match !== null; match = PATTERN.exec(plain)) {
    end = PATTERN.lastIndex
    const [, number, name, operator] = match
    const words = number ?? name ?? operator ?? ''
    const type = number !== undefined ? 'number' : name !== undefined ? 'name' : 'operator'
    found.push({ type, text: SPELLINGS.get(words) ?? words, column: end - words.length + 1 })
  }
  const rest = plain.slice(end)
  if (rest.trim() !== '') throw strange(rest.trimStart(), plain.length - rest.trimStart().length + 1)
  found.push({ type: 'end', text: '', column: plain.trimEnd().length + 1 })
  return found
}

/** A Chinese keyboard types （ ） ， ＞ : read them as ( ) , > without moving any column. */
function halfWidth(source: string): string {
  return source
    .replace(/[\uff01-\uff5e]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')
}

function tooLong(length: number): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    text(
      `表达式有 ${length} 个字符，最多 ${LONGEST} 个。`,
      `The expression has ${length} characters; at most ${LONGEST} are read.`,
    ),
    text('请拆成几条。', 'Split it into several.'),
  )
}

function strange(rest: string, column: number): ForeshockError {
  const [character] = rest
  return new ForeshockError(
    'BAD_INPUT',
    text(`第 ${column} 列的“${character}”无法识别。`, `Cannot read "${character}" at column ${column}.`),
    text(
      '表达式只能写数字、指标名、+ - * /、比较、and / or / not、括号和函数。',
      'An expression is made of numbers, feature names, + - * /, comparisons, and / or / not, parentheses and functions.',
    ),
  )
}
