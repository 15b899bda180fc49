import { ForeshockError } from '../../src/errors.ts'
import { text } from '../../src/text.ts'

export interface Paged {
  /** Counts from 1. */
  readonly page: number
}

/** Reads an optional `page 2`. Throws ForeshockError BAD_INPUT on anything else. */
export function parsePage(words: string, usage: string): Paged {
  const said = words.trim()
  if (said === '') return { page: 1 }
  const found = /^(?:page|第)?\s*(\d{1,4})\s*页?$/i.exec(said)
  if (found !== null && Number(found[1]) > 0) return { page: Number(found[1]) }
  throw new ForeshockError(
    'BAD_INPUT',
    text(`看不懂“${said}”。`, `"${said}" means nothing here.`),
    text(`这样写：${usage} 或 ${usage} page 2`, `Write ${usage} or ${usage} page 2`),
  )
}

/** One page of a list; a page beyond the end shows the last one. */
export function pageOf<T>(rows: readonly T[], wanted: number, size: number) {
  const pages = Math.max(1, Math.ceil(rows.length / size))
  const page = Math.min(wanted, pages)
  return { rows: rows.slice((page - 1) * size, page * size), page, pages, total: rows.length }
}

/** The same of a list that is read page by page. */
export async function pageRead<T extends { readonly total: number }>(
  wanted: number,
  size: number,
  read: (part: { readonly skip: number; readonly take: number }) => Promise<T>,
): Promise<{ readonly list: T; readonly page: number; readonly pages: number }> {
  const look = (page: number): Promise<T> => read({ skip: (page - 1) * size, take: size })
  const list = await look(wanted)
  const pages = Math.max(1, Math.ceil(list.total / size))
  const isBeyond = wanted > pages && list.total > 0
  return { list: isBeyond ? await look(pages) : list, page: Math.min(wanted, pages), pages }
}
