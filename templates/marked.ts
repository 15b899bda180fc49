import type { Block, Words } from '../src/chat/card.ts'

/** A quote in which these words stand out, wherever it says them. */
export function quoted(words: string, by: string, marked: readonly string[]): Block {
  const quote = { kind: 'quote', text: words, by } as const
  const wanted = marked.filter((each) => each !== '')
  if (!wanted.some((each) => words.includes(each))) return quote
  return { ...quote, pieces: piecesOf(words, wanted) }
}

function piecesOf(words: string, wanted: readonly string[]): Words[] {
  // The longest first: "退款" inside "退款太慢" is not what was found.
  const longest = [...wanted].sort((a, b) => b.length - a.length)
  const pieces: Words[] = []
  let plain = ''
  for (let at = 0; at < words.length; ) {
    const found = longest.find((each) => words.startsWith(each, at))
    if (found === undefined) {
      plain += words[at]
      at += 1
      continue
    }
    if (plain !== '') pieces.push({ words: plain, marked: false })
    pieces.push({ words: found, marked: true })
    plain = ''
    at += found.length
  }
  return plain === '' ? pieces : [...pieces, { words: plain, marked: false }]
}
