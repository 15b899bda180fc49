import { type EventBlock, MEASURES, type Measure } from '../features/columns.ts'
import { interned } from '../features/interned.ts'
import { sharedMemory } from '../features/memory.ts'
import { firstInstant } from './event-block.ts'

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

/** What a block will hold. */
export interface Shape {
  readonly kind: string
  readonly rows: number
  readonly measures: readonly Measure[]
}

/** Copies blocks into one piece; kinds without a row are left out. The same blocks give the same bytes. */
export function pack(size: number, blocks: ReadonlyMap<string, EventBlock>): Packed {
  const shapes = [...blocks].map(([kind, { at, measures }]) => ({
    kind,
    rows: at.length,
    measures: [...measures.keys()],
  }))
  return packInto(size, shapes, (views) => {
    for (const [kind, into] of views) {
      const from = blocks.get(kind)!
      into.offsets.set(from.offsets)
      into.at.set(from.at)
      for (const [measure, values] of into.measures) values.set(from.measures.get(measure)!)
    }
  })
}

/** One piece of memory for blocks of these shapes (in any order), which are filled where they will lie. */
export function packInto(
  size: number,
  shapes: readonly Shape[],
  fill: (views: ReadonlyMap<string, EventBlock>) => void,
): Packed {
  const { bytes, blocks } = layOut(size, shapes)
  const buffer = sharedMemory(bytes)
  const views = unpack({ size, buffer, blocks })
  fill(views)
  return {
    size,
    buffer,
    blocks: blocks.map((block) => ({ ...block, since: firstInstant(views.get(block.kind)!) })),
  }
}

function layOut(size: number, shapes: readonly Shape[]): { bytes: number; blocks: PackedBlock[] } {
  const kinds = shapes.filter(({ rows }) => rows > 0).sort((a, b) => (a.kind < b.kind ? -1 : 1))
  let bytes = 0
  const take = (more: number): number => {
    const from = bytes
    bytes += aligned(more)
    return from
  }
  const blocks = kinds.map(({ kind, rows, measures }) => ({
    kind,
    rows,
    since: Number.POSITIVE_INFINITY,
    offsets: take(4 * (size + 1)),
    at: take(8 * rows),
    measures: MEASURES.filter((measure) => measures.includes(measure)).map(
      (measure) => [measure, take(8 * rows)] as const,
    ),
  }))
  return { bytes, blocks }
}

/** The blocks as views into the shared piece, without copying. */
export function unpack({ size, buffer, blocks }: Packed): Map<string, EventBlock> {
  return new Map(
    blocks.map(({ kind, rows, since, offsets, at, measures }) => [
      interned(kind),
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
