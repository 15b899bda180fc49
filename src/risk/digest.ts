/** A number of 53 bits that spreads well (two multiply-and-xor lanes over the text's code units). */
export function digest(words: string): number {
  let [high, low] = [0x9e3779b1, 0x85ebca77]
  for (let at = 0; at < words.length; at += 1) {
    const unit = words.charCodeAt(at)
    high = Math.imul(high ^ unit, 0x27d4eb2f)
    low = Math.imul(low ^ unit, 0x165667b1)
  }
  high = Math.imul(high ^ (high >>> 15), 0x2c1b3c6d) ^ Math.imul(low ^ (low >>> 13), 0x297a2d39)
  low = Math.imul(low ^ (low >>> 16), 0x297a2d39) ^ Math.imul(high ^ (high >>> 14), 0x2c1b3c6d)
  return (high >>> 11) * 0x1_0000_0000 + (low >>> 0)
}
