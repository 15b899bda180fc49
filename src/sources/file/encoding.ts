import type { Encoding } from './mapping.ts'
import { FileProblem } from './problem.ts'

/** Encodings as the decoder calls them; GB18030 contains all of GBK. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

/** How many first bytes are looked at for marks and patterns. */
export const HEAD = 64 * 1024

/**
 * The encodings worth trying, best first, from the first bytes of a file. UTF-8 comes before GBK because text in
 * another encoding is almost never valid UTF-8, while almost anything can be read as GBK.
 * Throws FileProblem where the bytes are no text, or contradict what the mapping declares.
 */
export function candidates(head: Buffer, declared: Encoding): TextEncoding[] {
  refuseBinary(head)
  const marked = byteOrderMark(head)
  if (declared === 'auto') {
    if (marked !== null) return [marked]
    const wide = wideWithoutMark(head)
    return wide === null ? ['utf-8', 'gb18030'] : [wide]
  }
  const wanted = declared === 'gbk' ? 'gb18030' : declared
  if (marked !== null && marked !== wanted) {
    throw new FileProblem(
      `开头是 ${marked} 的标记，映射写的却是 ${declared}；请设为 \`encoding: auto\``,
      `begins with the mark of ${marked}, but the mapping says ${declared}; set \`encoding: auto\``,
    )
  }
  return [wanted]
}

function byteOrderMark(head: Buffer): TextEncoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return null
}

/**
 * UTF-16 without a mark: line breaks, digits and separators leave a zero byte in every second place. Chinese text
 * leaves fewer, hence the low share; a stray NUL in a text of single bytes stays far below it.
 */
function wideWithoutMark(head: Buffer): TextEncoding | null {
  const zeros = [0, 0]
  for (let index = 0; index < head.length; index += 1) {
    if (head[index] === 0) zeros[index % 2]! += 1
  }
  const [even, odd] = zeros as [number, number]
  if (even + odd <= head.length * 0.03) return null
  if (odd > even * 9) return 'utf-16le'
  if (even > odd * 9) return 'utf-16be'
  throw new FileProblem(
    '不是文本文件（全是零字节）；请导出为 CSV 或 NDJSON',
    'is not a text file (it is full of zero bytes); export it as CSV or NDJSON',
  )
}

const SIGNATURES: readonly [number[], zh: string, en: string][] = [
  [
    [0x50, 0x4b, 0x03, 0x04],
    '是 Excel 工作簿或 zip 压缩包；请导出为 CSV',
    'is an Excel workbook or a zip archive; export it as CSV',
  ],
  [
    [0xd0, 0xcf, 0x11, 0xe0],
    '是旧版 Excel 工作簿，或带密码；请另存为不带密码的 .xlsx',
    'is an old Excel workbook, or one with a password; save it as .xlsx without a password',
  ],
  [
    [0x1f, 0x8b],
    '是 gzip 压缩的；请让文件名以 .gz 结尾',
    'is packed with gzip; give its name the ending .gz',
  ],
  [
    [0xff, 0xfe, 0x00, 0x00],
    '是 UTF-32 编码，不支持；请另存为 UTF-8',
    'is in UTF-32, which is not supported; save it as UTF-8',
  ],
  [
    [0x00, 0x00, 0xfe, 0xff],
    '是 UTF-32 编码，不支持；请另存为 UTF-8',
    'is in UTF-32, which is not supported; save it as UTF-8',
  ],
  [
    [0x50, 0x41, 0x52, 0x31],
    '是 Parquet 文件；请导出为 CSV 或 NDJSON',
    'is a Parquet file; export it as CSV or NDJSON',
  ],
]

function refuseBinary(head: Buffer): void {
  for (const [bytes, zh, en] of SIGNATURES) {
    if (head.length >= bytes.length && bytes.every((byte, index) => head[index] === byte))
      throw new FileProblem(zh, en)
  }
}
