/** Encodes text as GBK, as an old Chinese workshop system writes it. Node can only decode it. */
export function encodeGbk(text: string): Buffer {
  const table = gbkTable()
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0)!
    if (code < 0x80) bytes.push(code)
    else {
      const pair = table.get(character)
      if (pair === undefined) throw new Error(`"${character}" cannot be written in GBK`)
      bytes.push(pair >> 8, pair & 0xff)
    }
  }
  return Buffer.from(bytes)
}

let known: Map<string, number> | null = null

/** Every two-byte code, found by decoding each once. */
function gbkTable(): Map<string, number> {
  if (known !== null) return known
  const decoder = new TextDecoder('gbk', { fatal: false })
  known = new Map()
  for (let high = 0x81; high <= 0xfe; high += 1) {
    for (let low = 0x40; low <= 0xfe; low += 1) {
      if (low === 0x7f) continue
      const character = decoder.decode(Uint8Array.of(high, low))
      if ([...character].length === 1 && character !== '\ufffd' && !known.has(character)) {
        known.set(character, (high << 8) | low)
      }
    }
  }
  return known
}
