import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { SourceRecord } from '../../src/records/record.ts'
import { fileMappingSchema } from '../../src/sources/file/mapping.ts'
import { type FileEnvironment, fileSource } from '../../src/sources/file.ts'
import type { Batch, Cursor, Rejection, Source } from '../../src/sources/source.ts'

/** A temporary folder of source files, the company they belong to, and ways to pull them. */
export interface Folder {
  readonly path: string
  readonly environment: FileEnvironment
  write(name: string, content: string | Buffer): Promise<void>
  remove(): Promise<void>
}

export async function newFolder(): Promise<Folder> {
  const folder = await mkdtemp(path.join(tmpdir(), 'foreshock-source-'))
  return {
    path: folder,
    environment: {
      baseFolder: folder,
      now: () => new Date('2026-06-01T04:00:00Z'),
      company: { timeZone: 'Asia/Shanghai', currency: 'CNY' },
      kinds: new Set(['visit', 'order', 'login', 'cancelled']),
    },
    async write(name, content) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
      await writeFile(path.join(folder, name), content)
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** The part of a mapping a test cares about; the rest maps visits with a customer, a date and an amount. */
export function visits(folder: Folder, overrides: Record<string, unknown> = {}, environment = {}): Source {
  const mapping = fileMappingSchema.parse({
    name: 'shop',
    type: 'file',
    path: 'visits.csv',
    record: 'event',
    fields: {
      id: 'order_no',
      customer: { crm: 'customer_id' },
      kind: { value: 'visit' },
      at: 'date',
      amount: 'paid',
    },
    ...overrides,
  })
  return fileSource(mapping, { ...folder.environment, ...environment })
}

/** Fields of a file whose rows have no id of their own. */
export const NO_ID = {
  customer: { crm: 'customer_id' },
  kind: { value: 'visit' },
  at: 'date',
  amount: 'paid',
}

export interface Pulled {
  readonly batches: Batch[]
  readonly records: SourceRecord[]
  readonly rejected: Rejection[]
  readonly ended: string[]
  readonly cursor: Cursor | null
}

export async function pull(source: Source, cursor: Cursor | null = null): Promise<Pulled> {
  const batches: Batch[] = []
  for await (const batch of source.pull(cursor, new AbortController().signal)) batches.push(batch)
  return {
    batches,
    records: batches.flatMap((batch) => batch.records),
    rejected: batches.flatMap((batch) => batch.rejected),
    ended: batches.flatMap((batch) => batch.ended ?? []),
    // As the store does: through JSON and back.
    cursor: batches.length === 0 ? cursor : JSON.parse(JSON.stringify(batches.at(-1)!.cursor)),
  }
}

/** `count` good visits under a header, numbered from `first`. */
export function visitRows(count: number, first = 1): string {
  const rows = Array.from(
    { length: count },
    (_, index) => `V${first + index},C${(first + index) % 7},2026-05-01,${first + index}.50`,
  )
  return rows.join('\n')
}

export const HEADER = 'order_no,customer_id,date,paid'
