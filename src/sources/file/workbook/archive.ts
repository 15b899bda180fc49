import { TextDecoder } from 'node:util'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { FileProblem } from '../problem.ts'

/** The parts of a workbook: a zip archive of XML files. */
export interface Archive {
  has(part: string): boolean
  /** Content of a part, unpacked as it is read. @throws FileProblem where it is larger than `limit` bytes */
  read(part: string, limit: number): AsyncGenerator<string>
  close(): void
}

/** No workbook has so many parts. */
const MOST_PARTS = 20_000

/** @throws FileProblem where the file is no archive, damaged or locked with a password */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true })
  const parts = new Map<string, Entry>()
  try {
    if (zip.entryCount > MOST_PARTS)
      throw new FileProblem(
        `有 ${zip.entryCount} 个部件，不像工作簿`,
        `holds ${zip.entryCount} parts, no workbook does`,
      )
    // The names are told apart by some programs that write workbooks, not by those that read them.
    for await (const entry of zip.eachEntry()) parts.set(nameOf(entry.fileName), entry)
  } catch (error) {
    zip.close()
    throw error
  }
  return {
    has: (part) => parts.has(nameOf(part)),
    read: (part, limit) => partOf(zip, parts.get(nameOf(part)), part, limit),
    close: () => zip.close(),
  }
}

async function* partOf(
  zip: ZipFile,
  entry: Entry | undefined,
  part: string,
  limit: number,
): AsyncGenerator<string> {
  if (entry === undefined)
    throw new FileProblem(`缺少部件 ${part}；请重新保存`, `lacks its part ${part}; save it anew`)
  if (entry.isEncrypted())
    throw new FileProblem('带密码；请另存为不带密码的', 'is protected by a password; save it without one')
  // The archive is believed: reading stops with an error where a part turns out larger than it says.
  if (entry.uncompressedSize > limit) {
    throw new FileProblem(
      `解压后超过 ${limit.toLocaleString('en')} 字节（${part}）；请拆成几个小文件`,
      `unpacks to more than ${limit.toLocaleString('en')} bytes (${part}); split it into smaller files`,
    )
  }
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const stream = await zip.openReadStreamPromise(entry)
  for await (const chunk of stream as AsyncIterable<Buffer>) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

function nameOf(part: string): string {
  return part.replace(/^\//, '').toLowerCase()
}
