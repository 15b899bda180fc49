// Scoring of many rows by many trees, sixteen rows to a vector, in AssemblyScript; compiled together with kernel.as. A block
// is 64 rows. A column lies in it as two rows of 64 codes: how many of its thresholds lie below the value, less 128, and
// unknown as the lowest code, then as the highest; a node reads the one that goes its way.

/** Codes of `count` rows. For each of `columns` at `table`: column, address of the thresholds, how many there is room for + 1. */
export function codeBlock(values: usize, count: usize, width: usize, table: usize, columns: usize, codes: usize): void {
  for (let nth: usize = 0; nth < columns; nth++) {
    const column = load<u32>(table + nth * 12) as usize
    const thresholds = load<u32>(table + nth * 12, 4) as usize
    const half = load<u32>(table + nth * 12, 8) as usize >> 1
    const lowest = codes + (nth << 7)
    for (let row: usize = 0; row < count; row++) {
      const value = load<f32>(values + ((row * width + column) << 2))
      let below: usize = 0
      for (let step = half; step > 0; step >>= 1) {
        const next = below + step
        below = select(next, below, load<f32>(thresholds + ((next - 1) << 2)) < value)
      }
      const code = <i32>below - 128
      store<u8>(lowest + row, select<i32>(-128, code, value != value))
      store<u8>(lowest + row, select<i32>(127, code, value != value), 64)
    }
  }
}

/**
 * Adds to 64 sums what each of `count` trees says. A tree is its depth, then its nodes level by level as if every branch
 * were as deep (where its codes lie, and in the high byte its own code: greater ones go right), then its leaves.
 * A row's way down a level is a mask; masks of a level's nodes are halved by each way taken before, until one is left.
 */
export function addTrees(trees: usize, count: usize, codes: usize, spare: usize, sums: usize): void {
  const ways = spare + 8192
  let tree = trees
  for (let nth: usize = 0; nth < count; nth++) {
    const depth = load<u32>(tree) as usize
    let node = tree + 4
    let a = i8x16.splat(0)
    let b = a
    let c = a
    let d = a
    for (let level: usize = 0; level < depth; level++) {
      let half: usize = (1 << level) >> 1
      if (level == 0) compareRoot(load<u32>(node), codes, spare)
      else compare(node, half, codes, ways, spare)
      node += 4 << level
      for (let way = ways + 64; half > 1; way += 64) {
        half >>= 1
        choose(spare, half, way)
      }
      const way = ways + (level << 6)
      a = turned(a, spare, way)
      b = turned(b, spare + 16, way + 16)
      c = turned(c, spare + 32, way + 32)
      d = turned(d, spare + 48, way + 48)
    }
    v128.store(spare, a)
    v128.store(spare, b, 16)
    v128.store(spare, c, 32)
    v128.store(spare, d, 48)
    for (let row: usize = 0; row < 64; row++) {
      const leaf = load<f32>(node + (<usize>load<u8>(spare + row) << 2))
      store<f64>(sums + (row << 3), load<f64>(sums + (row << 3)) + <f64>leaf)
    }
    tree = node + (4 << depth)
  }
}

/** Which of 64 rows go right at the root. */
// @ts-ignore: decorator
@inline
function compareRoot(node: u32, codes: usize, into: usize): void {
  for (let at: usize = 0; at < 64; at += 16) v128.store(into + at, right(node, codes + at))
}

/** Which of sixteen rows go right at a node. */
// @ts-ignore: decorator
@inline
function right(node: u32, codes: usize): v128 {
  return i8x16.gt_s(v128.load(codes + <usize>(node & 0xffffff)), i8x16.splat(<i8>(node >> 24)))
}

/** Which of 64 rows go right at a level's nodes, of which only the half is asked that lies on a row's way at the root. */
// @ts-ignore: decorator
@inline
function compare(nodes: usize, half: usize, codes: usize, way: usize, into: usize): void {
  const a = v128.load(way)
  const b = v128.load(way, 16)
  const c = v128.load(way, 32)
  const d = v128.load(way, 48)
  const end = nodes + (half << 2)
  let other = end
  for (let node = nodes; node < end; node += 4) {
    const one = load<u32>(node)
    const two = load<u32>(other)
    v128.store(into, v128.bitselect(right(two, codes), right(one, codes), a))
    v128.store(into, v128.bitselect(right(two, codes + 16), right(one, codes + 16), b), 16)
    v128.store(into, v128.bitselect(right(two, codes + 32), right(one, codes + 32), c), 32)
    v128.store(into, v128.bitselect(right(two, codes + 48), right(one, codes + 48), d), 48)
    other += 4
    into += 64
  }
}

/** Of two halves of masks, for each row the half on its way. */
// @ts-ignore: decorator
@inline
function choose(masks: usize, half: usize, way: usize): void {
  const a = v128.load(way)
  const b = v128.load(way, 16)
  const c = v128.load(way, 32)
  const d = v128.load(way, 48)
  const end = masks + (half << 6)
  let right = end
  for (let left = masks; left < end; left += 64) {
    v128.store(left, v128.bitselect(v128.load(right), v128.load(left), a))
    v128.store(left, v128.bitselect(v128.load(right, 16), v128.load(left, 16), b), 16)
    v128.store(left, v128.bitselect(v128.load(right, 32), v128.load(left, 32), c), 32)
    v128.store(left, v128.bitselect(v128.load(right, 48), v128.load(left, 48), d), 48)
    right += 64
  }
}

/** Notes a way, and turns places among a level's nodes into those among the next one's: twice as many, and one more to the right. */
// @ts-ignore: decorator
@inline
function turned(places: v128, mask: usize, way: usize): v128 {
  const own = v128.load(mask)
  v128.store(way, own)
  return i8x16.sub(i8x16.add(places, places), own)
}
