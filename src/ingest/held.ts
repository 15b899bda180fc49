import type { Batch, Rejection, Source } from '../sources/source.ts'
import { sentLine } from './body.ts'
import { type ReadSent, withinLength } from './read.ts'

/** Rows read in one go. */
const PAGE = 200

/**
 * What came in over HTTP under a source's name and waits in quarantine, as a source of its own: each pull reads it again,
 * and what can be used by now goes in, because the configuration was mended, its customer has come, or its day. The rest
 * stays as it is.
 */
export function heldSource(
  name: string,
  parts: {
    /** Who reads what was sent to an address; null: it is no longer there. */
    readerAt(path: string): ReadSent | null
    /** Rows in quarantine, in one order, behind this one. */
    rows(after: Rejection | null, most: number): Promise<readonly Rejection[]>
  },
): Source {
  return {
    name,
    isLocal: true,
    check: async () => [],
    pull: async function* (_, signal): AsyncGenerator<Batch> {
      for (let after: Rejection | null = null; !signal.aborted; ) {
        const page: readonly Rejection[] = await parts.rows(after, PAGE)
        const mended = await readAgain(page, parts.readerAt)
        if (mended.records.length > 0) yield batchOf(mended)
        if (page.length < PAGE) return
        after = page.at(-1)!
      }
    },
  }
}

type Mended = Pick<Batch, 'records'> & { readonly begins: readonly string[] }

async function readAgain(
  page: readonly Rejection[],
  readerAt: (path: string) => ReadSent | null,
): Promise<Mended> {
  const pathOf = ({ file }: Rejection): string => file.split(' ', 1)[0]!
  const records: Batch['records'][number][] = []
  const begins: string[] = []
  for (const path of new Set(page.map(pathOf))) {
    const rows = page.filter((row) => pathOf(row) === path)
    const sent = rows.map(({ raw }) => sentLine(raw))
    const read = (await readerAt(path)?.(sent)) ?? []
    for (const [index, one] of read.map(withinLength).entries()) {
      if ('reason' in one || sent[index]!.fault !== undefined) continue
      records.push(one.value)
      // Its name comes from its content: no other row has it.
      begins.push(rows[index]!.file)
    }
  }
  return { records, begins }
}

function batchOf({ records, begins }: Mended): Batch {
  const progress = { file: 'quarantine', bytes: 0, totalBytes: 0, rows: records.length }
  return { records, begins, rejected: [], cursor: {}, progress }
}
