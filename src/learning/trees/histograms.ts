import type { Bins } from './bins.ts'
import type { Rows, Stretch } from './rows.ts'

/** Histograms of one node: 256 packed sums a column, columns side by side. */
export const CODES = 256

/** Adds up the rows of a node, all columns, into `histogram` from `base` on. */
export function addUp(
  histogram: Float64Array,
  base: number,
  bins: Bins,
  rows: Rows,
  { start, end }: Stretch,
): void {
  const words = bins.stride / 4
  const codes = new Uint32Array(bins.byRow.buffer, bins.byRow.byteOffset, bins.rows * words)
  histogram.fill(0, base, base + bins.stride * CODES)
  for (let at = start; at < end; at += 1) {
    const row = rows.order[at]!
    const own = rows.packed[row]!
    let word = row * words
    let to = base
    for (let more = words; more > 0; more -= 1) {
      const four = codes[word++]!
      histogram[to + (four & 255)]! += own
      histogram[to + 256 + ((four >>> 8) & 255)]! += own
      histogram[to + 512 + ((four >>> 16) & 255)]! += own
      histogram[to + 768 + (four >>> 24)]! += own
      to += 1024
    }
  }
}

/** Takes the histograms at `part` off those at `whole`: what is left is the sibling's. */
export function takeOff(histogram: Float64Array, whole: number, part: number, size: number): void {
  for (let at = 0; at < size; at += 1) histogram[whole + at]! -= histogram[part + at]!
}

/** Adds up one column of a node. */
export function addUpColumn(
  histogram: Float64Array,
  bins: Bins,
  column: number,
  rows: Rows,
  { start, end }: Stretch,
): void {
  const base = column * bins.rows
  histogram.fill(0)
  for (let at = start; at < end; at += 1) {
    const row = rows.order[at]!
    histogram[bins.byColumn[base + row]!]! += rows.packed[row]!
  }
}
