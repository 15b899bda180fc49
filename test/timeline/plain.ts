import type { Columns } from '../../src/features/columns.ts'

/** Columns as plain data, kinds in a fixed order; kinds without a row are left out. */
export function plain({ facts, blocks }: Columns) {
  const kinds = [...blocks.keys()].filter((kind) => blocks.get(kind)!.at.length > 0).sort()
  return {
    facts,
    blocks: kinds.map((kind) => {
      const { offsets, at, measures, since } = blocks.get(kind)!
      const values = [...measures].map(([name, column]) => [name, [...column]] as const)
      return {
        kind,
        offsets: [...offsets],
        at: [...at],
        values: values.sort(([a], [b]) => (a < b ? -1 : 1)),
        since,
      }
    }),
  }
}
