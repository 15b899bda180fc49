/**
 * The number that would stand at `place` (from 0) were the numbers sorted, without sorting them: the order of `values`
 * changes. No NaN, and `place` within them.
 */
export function atPlace(values: Float64Array, place: number): number {
  let [low, high] = [0, values.length - 1]
  while (low < high) {
    const pivot = middleOf(values[low]!, values[(low + high) >> 1]!, values[high]!)
    let [left, right] = [low, high]
    while (left <= right) {
      while (values[left]! < pivot) left += 1
      while (values[right]! > pivot) right -= 1
      if (left > right) break
      const moved = values[left]!
      values[left] = values[right]!
      values[right] = moved
      left += 1
      right -= 1
    }
    // What lies between the two is the pivot itself.
    if (place <= right) high = right
    else if (place >= left) low = left
    else return values[place]!
  }
  return values[place]!
}

function middleOf(a: number, b: number, c: number): number {
  return a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b
}
