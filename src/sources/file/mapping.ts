import { z } from 'zod'
import { column, named, ofRows } from '../row-mapping.ts'

export const ENCODINGS = ['auto', 'utf-8', 'utf-16le', 'utf-16be', 'gbk'] as const
const FORMATS = ['csv', 'tsv', 'blank', 'ndjson', 'xlsx'] as const

/** Where the file lies and how it is written. */
const place = {
  ...named,
  type: z.literal('file'),
  path: z.string().min(1).describe('A file or folder, relative to the config file; .gz is read as well'),
  pattern: z
    .string()
    .min(1)
    .optional()
    .describe('Which files of the folder, such as "visits-*.csv"; default all known kinds'),
  format: z
    .enum(FORMATS)
    .optional()
    .describe(
      'Default by content for Excel workbooks, else by extension: .csv, .tsv, .txt (blank), .ndjson or .jsonl',
    ),
  sheet: z
    .string()
    .min(1)
    .optional()
    .describe('Sheet of an Excel workbook; default the first that is not hidden'),
  encoding: z
    .enum(ENCODINGS)
    .default('auto')
    .describe('Text encoding; auto tells UTF-8, UTF-16 and GBK apart'),
  delimiter: z
    .string()
    .length(1)
    .refine((mark) => !'"\r\n'.includes(mark), 'the delimiter cannot be a quote or a line break')
    .optional()
    .describe('Column separator, where it is not the usual one'),
  header: z
    .boolean()
    .default(true)
    .describe('Whether the first row names the columns; if not, give `columns`'),
  columns: z.array(column).min(1).optional().describe('Column names of a file without a header row'),
  mayShrink: z
    .boolean()
    .default(false)
    .describe(
      'Whether many rows may vanish from a file at once; if not, a file that lost over 20% deletes nothing',
    ),
}

type Layout = { header: boolean; columns?: string[] | undefined; format?: string | undefined }

function checkLayout(mapping: Layout, context: z.RefinementCtx): void {
  const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
  if (mapping.format === 'ndjson') {
    if (mapping.columns !== undefined) issue('columns', 'NDJSON rows name their own columns; remove this')
    return
  }
  if (!mapping.header && mapping.columns === undefined) issue('columns', 'required when `header` is false')
  if (mapping.header && mapping.columns !== undefined) issue('columns', 'only for files with `header: false`')
  const names = mapping.columns ?? []
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) issue('columns', `names "${twice}" twice`)
}

export const fileMappingSchema = ofRows(place).superRefine(checkLayout)

export type FileMapping = z.infer<typeof fileMappingSchema>
export type Encoding = (typeof ENCODINGS)[number]
export type Format = (typeof FORMATS)[number]
export type TextFormat = Exclude<Format, 'xlsx'>
