// The inner loops of the tree trainers, in AssemblyScript. All addresses are bytes in the memory that the typed arrays of
// ground.ts lie in. test/learning/kernel.test.ts compiles this into kernel-bytes.ts, and proves each loop against a plain one.

/** Adds up the packed numbers of some rows by code, for the columns of words `first` to `end`: four columns to a word. */
export function addUp(
  histogram: usize, codes: usize, words: usize, order: usize, packed: usize, from: usize, to: usize, first: usize, end: usize,
): void {
  memory.fill(histogram + (first << 13), 0, (end - first) << 13)
  let at = from
  // Two rows at a time: while one waits for memory, the other adds.
  for (; at + 1 < to; at += 2) {
    const row = <usize>load<u32>(order + (at << 2))
    const next = <usize>load<u32>(order + (at << 2), 4)
    const own = load<f64>(packed + (row << 3))
    const other = load<f64>(packed + (next << 3))
    let here = codes + ((row * words + first) << 2)
    let there = codes + ((next * words + first) << 2)
    let base = histogram + (first << 13)
    for (let word = first; word < end; word++) {
      addFour(base, load<u32>(here), own)
      addFour(base, load<u32>(there), other)
      here += 4
      there += 4
      base += 8192
    }
  }
  if (at >= to) return
  const row = <usize>load<u32>(order + (at << 2))
  const own = load<f64>(packed + (row << 3))
  for (let word = first; word < end; word++) {
    addFour(histogram + (word << 13), load<u32>(codes + ((row * words + word) << 2)), own)
  }
}

// @ts-ignore: decorator
@inline
function addFour(base: usize, four: u32, own: f64): void {
  const a = base + ((four & 255) << 3)
  const b = base + (((four >>> 8) & 255) << 3)
  const c = base + (((four >>> 16) & 255) << 3)
  const d = base + ((four >>> 24) << 3)
  store<f64>(a, load<f64>(a) + own)
  store<f64>(b, load<f64>(b, 2048) + own, 2048)
  store<f64>(c, load<f64>(c, 4096) + own, 4096)
  store<f64>(d, load<f64>(d, 6144) + own, 6144)
}

/** The same for some columns, whose numbers stand at `columns`: the histogram of the first, then of the second ... */
export function addUpSome(
  histogram: usize, codes: usize, stride: usize, order: usize, packed: usize, from: usize, to: usize, columns: usize, count: usize,
): void {
  memory.fill(histogram, 0, count << 11)
  const end = columns + (count << 2)
  for (let at = from; at < to; at++) {
    const row = <usize>load<u32>(order + (at << 2))
    const own = load<f64>(packed + (row << 3))
    const here = codes + row * stride
    let base = histogram
    for (let column = columns; column < end; column += 4) {
      const place = base + (<usize>load<u8>(here + <usize>load<u32>(column)) << 3)
      store<f64>(place, load<f64>(place) + own)
      base += 2048
    }
  }
}

/** Takes `part` off `whole`; a multiple of 16 bytes. */
export function takeOff(whole: usize, part: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(whole + at, f64x2.sub(v128.load(whole + at), v128.load(part + at)))
  }
}

/** Puts rows whose code `goes` says 1 before the others, keeping the order on each side; returns where the others begin. */
export function part(order: usize, spare: usize, from: usize, to: usize, codes: usize, goes: usize): usize {
  let left = order + (from << 2)
  let right = spare
  const end = order + (to << 2)
  for (let at = left; at < end; at += 4) {
    const row = load<u32>(at)
    const step = <usize>load<u8>(goes + <usize>load<u8>(codes + <usize>row)) << 2
    store<u32>(left, row)
    store<u32>(right, row)
    left += step
    right += 4 - step
  }
  memory.copy(left, spare, right - spare)
  return (left - order) >> 2
}

/**
 * Codes of one column: how many of its 255 edges (unused ones infinite) lie below the value; 255 where it is unknown.
 * They go side by side into `column` and a row's stride apart into `byRow`.
 */
export function encode(values: usize, rows: usize, apart: usize, edges: usize, column: usize, byRow: usize, stride: usize): void {
  for (let row: usize = 0; row < rows; row++) {
    const value = load<f32>(values + ((row * apart) << 2))
    let below: usize = 0
    for (let step: usize = 128; step > 0; step >>= 1) {
      const next = below + step
      below = select(next, below, load<f32>(edges + ((next - 1) << 2)) < value)
    }
    const code = select<u32>(255, <u32>below, value != value)
    store<u8>(column + row, <u8>code)
    store<u8>(byRow + row * stride, <u8>code)
  }
}

/** Draws about `share` of 2^32 of the rows, in order (xorshift32); returns how many. The state is kept at `state`. */
export function sample(order: usize, rows: usize, share: f64, state: usize): usize {
  let word = load<u32>(state)
  let count: usize = 0
  for (let row: usize = 0; row < rows; row++) {
    word ^= word << 13
    word ^= word >>> 17
    word ^= word << 5
    store<u32>(order + (count << 2), <u32>row)
    count += <usize>(<f64>word < share)
  }
  store<u32>(state, word)
  return count
}

/** Gradient and hessian of the logistic loss of some rows, weighted; their absolute sums go to `sums`. */
export function derive(
  order: usize, count: usize, raw: usize, labels: usize, weight: f64, gradients: usize, hessians: usize, sums: usize,
): void {
  let gradientSum: f64 = 0
  let hessianSum: f64 = 0
  for (let at: usize = 0; at < count; at++) {
    const row = <usize>load<u32>(order + (at << 2))
    const label = <f64>load<u8>(labels + row)
    const probability = 1 / (1 + exp(-load<f64>(raw + (row << 3))))
    const own = 1 + label * (weight - 1)
    const gradient = (probability - label) * own
    const hessian = probability * (1 - probability) * own
    store<f64>(gradients + (at << 3), gradient)
    store<f64>(hessians + (at << 3), hessian)
    gradientSum += abs(gradient)
    hessianSum += hessian
  }
  store<f64>(sums, gradientSum)
  store<f64>(sums, hessianSum, 8)
}

/** e^x to nine figures, x held within -40 and 40: 2^k times a short series. */
// @ts-ignore: decorator
@inline
function exp(x: f64): f64 {
  const held = min<f64>(40, max<f64>(-40, x))
  const k = floor(held * 1.4426950408889634 + 0.5)
  const r = held - k * 0.6931471805599453
  let series: f64 = 1.0 / 5040
  series = 1.0 / 720 + r * series
  series = 1.0 / 120 + r * series
  series = 1.0 / 24 + r * series
  series = 1.0 / 6 + r * series
  series = 0.5 + r * series
  series = 1 + r * (1 + r * series)
  return series * reinterpret<f64>((1023 + <i64>k) << 52)
}

/** Packs gradients and hessians, counted in units whose inverses are given; returns the packed sum. */
export function pack(
  order: usize, count: usize, gradients: usize, hessians: usize, perGradient: f64, perHessian: f64, packed: usize,
): f64 {
  let sum: f64 = 0
  for (let at: usize = 0; at < count; at++) {
    const gradient = floor(load<f64>(gradients + (at << 3)) * perGradient + 0.5)
    const own = gradient * 67108864 + floor(load<f64>(hessians + (at << 3)) * perHessian + 0.5)
    store<f64>(packed + (<usize>load<u32>(order + (at << 2)) << 3), own)
    sum += own
  }
  return sum
}

/** Adds a leaf's value to its rows, and marks them as seen. */
export function addLeaf(order: usize, from: usize, to: usize, value: f64, raw: usize, seen: usize): void {
  for (let at = from; at < to; at++) {
    const row = <usize>load<u32>(order + (at << 2))
    store<f64>(raw + (row << 3), load<f64>(raw + (row << 3)) + value)
    store<u8>(seen + row, 1)
  }
}

/**
 * Sends the rows `from` to `to` not yet seen down a tree and adds their leaf's value. A node is 32 bytes: column (-1: leaf),
 * bin, the code besides that goes left (256: none), address of the left and right node from the tree's beginning, 4
 * bytes unused, value.
 */
export function addOthers(seen: usize, from: usize, to: usize, codes: usize, stride: usize, tree: usize, raw: usize): void {
  for (let row = from; row < to; row++) {
    if (load<u8>(seen + row)) continue
    const own = codes + row * stride
    let node = tree
    let column = load<i32>(node)
    while (column >= 0) {
      const code = load<u8>(own + <usize>column) as i32
      const left = i32(code <= load<i32>(node, 4)) | i32(code == load<i32>(node, 8))
      node = tree + <usize>select(load<u32>(node, 12), load<u32>(node, 16), left)
      column = load<i32>(node)
    }
    store<f64>(raw + (row << 3), load<f64>(raw + (row << 3)) + load<f64>(node, 24))
  }
}
