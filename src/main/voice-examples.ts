import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { ForeshockError } from '../errors.ts'
import { ownValue } from '../own-value.ts'
import { SENTIMENT } from '../paths.ts'
import { readTableFile, type WordTable } from '../sources/table-file.ts'
import { readYaml } from '../voice/read-yaml.ts'
import { LABELS, type Label } from '../voice/sentiment-reader.ts'
import type { Example } from '../voice/sentiment-rows.ts'

const labelSchema = z.enum(LABELS)
const name = z.string().min(1)
const sourceSchema = z
  .strictObject({
    file: name,
    text: name,
    label: name.optional(),
    labels: z.record(z.string(), labelSchema).optional(),
    all: labelSchema.optional(),
    domain: name.optional(),
    about: name.optional(),
    shipped: z.boolean().optional(),
    weight: z.number().positive().max(100).optional(),
    from: name.optional(),
    licence: name.optional(),
  })
  .refine(({ label, labels, all }) => (all === undefined) === (label !== undefined && labels !== undefined), {
    message: 'give either "label" and "labels", or "all"',
  })
  .refine(({ domain, about }) => domain === undefined || about === undefined, {
    message: 'give "domain" or "about", not both',
  })
const manifestSchema = z.strictObject({ sources: z.array(sourceSchema).min(1) })

type Source = z.infer<typeof sourceSchema>

/** A file that was read, for the card. */
export interface ReadSource {
  readonly file: string
  readonly from: string
  readonly licence: string
  readonly examples: readonly Example[]
}

const MANIFEST = 'sources.yaml'
/** A person's own words for the three labels. */
const SAID: Readonly<Record<string, Label>> = {
  negative: 'negative',
  neutral: 'neutral',
  positive: 'positive',
  负面: 'negative',
  中性: 'neutral',
  正面: 'positive',
}

/**
 * Reads judged texts: a folder as its sources.yaml says (or the one that is shipped), or a table or NDJSON file with `text` and
 * `label`, and `domain` where it has one. Throws NOT_FOUND or BAD_INPUT naming file and line.
 */
export async function readExamples(place: string, signal: AbortSignal): Promise<ReadSource[]> {
  if (!(await isFolder(place))) return [await readOwn(place, signal)]
  const sources: ReadSource[] = []
  for (const source of await manifestOf(place)) {
    const { file, from = 'not said', licence = 'not said' } = source
    const path = join(source.shipped === true ? SENTIMENT : place, file)
    const examples = examplesOf(await readTableFile(path, signal), source, path)
    sources.push({ file, from, licence, examples })
  }
  return sources
}

async function isFolder(place: string): Promise<boolean> {
  try {
    return (await stat(place)).isDirectory()
  } catch {
    throw new ForeshockError('NOT_FOUND', `There is nothing at ${place}.`, 'Check the name and the folder.')
  }
}

async function manifestOf(folder: string): Promise<readonly Source[]> {
  const own = join(folder, MANIFEST)
  const file = (await exists(own)) ? own : join(SENTIMENT, MANIFEST)
  const parsed = manifestSchema.safeParse(readYaml(await readFile(file, 'utf8'), file))
  if (parsed.success) return parsed.data.sources
  const issue = parsed.error.issues[0]!
  throw new ForeshockError(
    'CONFIG_INVALID',
    `${file}, at ${issue.path.join('.') || 'the top'}: ${issue.message}.`,
    'The head of models/sentiment/sources.yaml explains the form.',
  )
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}

async function readOwn(file: string, signal: AbortSignal): Promise<ReadSource> {
  const examples = /\.(ndjson|jsonl)$/i.test(file)
    ? ndjsonExamples(await readFile(file, 'utf8'), file)
    : ownExamples(await readTableFile(file, signal), file)
  return { file: basename(file), from: 'your own', licence: 'your own', examples }
}

function ownExamples(table: WordTable, file: string): Example[] {
  const domain = table.columns.includes('domain') ? { domain: 'domain' } : { about: basename(file) }
  return examplesOf(table, { file, text: 'text', label: 'label', labels: SAID, ...domain }, file)
}

function examplesOf({ columns, rows }: WordTable, source: Source, file: string): Example[] {
  const at = (column: string) => placeOf(columns, column, file)
  const text = at(source.text)
  const label = source.label === undefined ? null : at(source.label)
  const domain = source.domain === undefined ? null : at(source.domain)
  return rows.flatMap(({ line, cells }) => {
    const words = cells[text]!.trim()
    if (words === '') return []
    const said = label === null ? null : cells[label]!.trim()
    const meant = said === null ? source.all : meaningOf(source.labels!, said)
    if (meant === undefined) throw unknownLabel(file, line, said ?? '', Object.keys(source.labels ?? {}))
    const about = domain === null ? (source.about ?? source.file) : cells[domain]!.trim()
    return [{ text: words, label: meant, domain: about, ...weightOf(source) }]
  })
}

function weightOf({ weight }: Source): { weight?: number } {
  return weight === undefined ? {} : { weight }
}

function ndjsonExamples(source: string, file: string): Example[] {
  const rowSchema = z.object({ text: z.string(), label: z.string(), domain: z.string().optional() })
  return source.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    const parsed = rowSchema.safeParse(jsonOf(line))
    if (!parsed.success) {
      throw new ForeshockError(
        'BAD_INPUT',
        `${file}, line ${index + 1} is not {"text": "…", "label": "…"}.`,
        'Write one such object a line.',
      )
    }
    const { text, label, domain = basename(file) } = parsed.data
    const meant = meaningOf(SAID, label.trim())
    if (meant === undefined) throw unknownLabel(file, index + 1, label, Object.keys(SAID))
    return text.trim() === '' ? [] : [{ text: text.trim(), label: meant, domain }]
  })
}

function meaningOf(labels: Readonly<Record<string, Label>>, said: string): Label | undefined {
  return ownValue(labels, said) ?? ownValue(labels, said.toLowerCase())
}

function placeOf(columns: readonly string[], column: string, file: string): number {
  const at = columns.indexOf(column)
  if (at >= 0) return at
  throw new ForeshockError(
    'BAD_INPUT',
    `${file} has no column "${column}"; it has ${columns.map((one) => `"${one}"`).join(', ')}.`,
    'Rename the column, or say in a sources.yaml which one it is.',
  )
}

function unknownLabel(file: string, line: number, said: string, known: readonly string[]): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    `${file}, line ${line}: "${said}" is no label.`,
    `Use one of ${known.join(', ')}.`,
  )
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
