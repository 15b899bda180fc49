import { type EventBlock, MEASURES, type Measure } from '../features/columns.ts'

/** Where one kind's columns lie in the buffer, in bytes from its beginning. */
export interface PackedBlock {
  readonly kind: string
  readonly rows: number
  readonly since: number
  /** Int32, one more than there are customers. */
  readonly offsets: number
  /** Float64, one a row. */
  readonly at: number
  /** Float64, one a row each. */
  readonly measures: readonly (readonly [Measure, number])[]
}

/** Columns of some customers in one piece of memory, which threads share and a file holds as it is. */
export interface Packed {
  readonly size: number
  readonly buffer: SharedArrayBuffer
  readonly blocks: readonly PackedBlock[]
}

/** One column's bytes in the buffer. */
export interface Span {
  readonly from: number
  readonly bytes: number
}

/** Copies blocks into one piece; kinds without a row are left out. The same blocks give the same bytes. */
export function pack(size: number, blocks: ReadonlyMap<string, EventBlock>): Packed {
  const kinds = [...blocks].filter(([, { at }]) => at.length > 0).sort(([a], [b]) => (a < b ? -1 : 1))
  const packed: PackedBlock[] = []
  let end = 0
  const take = (bytes: number): number => {
    const from = end
    end += aligned(bytes)
    return from
  }
  for (const [kind, { at, measures, since }] of kinds) {
    packed.push({
      kind,
      rows: at.length,
      since,
      offsets: take(4 * (size + 1)),
      at: take(at.byteLength),
      measures: MEASURES.filter((measure) => measures.has(measure)).map((measure) => [
        measure,
        take(at.byteLength),
      ]),
    })
  }
  const result = { size, buffer: new SharedArrayBuffer(end), blocks: packed }
  for (const [kind, block] of unpack(result)) {
    const from = blocks.get(kind)!
    block.offsets.set(from.offsets)
    block.at.set(from.at)
    for (const [measure, values] of block.measures) values.set(from.measures.get(measure)!)
  }
  return result
}

/** The blocks as views into the shared piece, without copying. */
export function unpack({ size, buffer, blocks }: Packed): Map<string, EventBlock> {
  return new Map(
    blocks.map(({ kind, rows, since, offsets, at, measures }) => [
      kind,
      {
        since,
        offsets: new Int32Array(buffer, offsets, size + 1),
        at: new Float64Array(buffer, at, rows),
        measures: new Map(
          measures.map(([measure, from]) => [measure, new Float64Array(buffer, from, rows)] as const),
        ),
      },
    ]),
  )
}

/** Every column's place, in a fixed order. */
export function spansOf({ size, blocks }: Pick<Packed, 'size' | 'blocks'>): Span[] {
  return blocks.flatMap(({ rows, offsets, at, measures }) => [
    { from: offsets, bytes: 4 * (size + 1) },
    { from: at, bytes: 8 * rows },
    ...measures.map(([, from]) => ({ from, bytes: 8 * rows })),
  ])
}

/** The same columns, lying so many bytes further on in another buffer. */
export function moved(blocks: readonly PackedBlock[], by: number): PackedBlock[] {
  return blocks.map((block) => ({
    ...block,
    offsets: block.offsets + by,
    at: block.at + by,
    measures: block.measures.map(([measure, from]) => [measure, from + by] as const),
  }))
}

export function aligned(bytes: number): number {
  return Math.ceil(bytes / 8) * 8
}
