/** The largest float32 below one: of float32 numbers, `v < t` is `v <= nextBelow(t)`. */
export function nextBelow(value: number): number {
  if (value === Number.NEGATIVE_INFINITY || Number.isNaN(value)) return value
  const float = Float32Array.of(value)
  const bits = new Int32Array(float.buffer)
  // From zero the next one down is the smallest negative number.
  if (float[0] === 0) bits[0] = 0x80000001 | 0
  else bits[0]! += float[0]! > 0 ? -1 : 1
  return float[0]!
}
