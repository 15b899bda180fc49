import { bad, good, type Parsed, plain, quoted } from './parsed.ts'

const YES = new Set(['1', 'true', 't', 'yes', 'y', 'on', '是', '有', '对', '真'])
const NO = new Set(['0', 'false', 'f', 'no', 'n', 'off', '否', '无', '没有', '不是', '假'])

/** A yes or no as people and databases write it: 是/否, yes/no, true/false, 1/0. */
export function parseFlag(what: string, words: string): Parsed<boolean> {
  const written = plain(words).toLowerCase()
  if (YES.has(written)) return good(true)
  if (NO.has(written)) return good(false)
  return bad(
    `${what} ${quoted(words)} 看不出是或否（请用 是/否、yes/no、true/false 或 1/0）`,
    `${what} ${quoted(words)} is neither yes nor no (use 是/否, yes/no, true/false or 1/0)`,
  )
}
