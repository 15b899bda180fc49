import { ForeshockError } from '../errors.ts'
import { inBoth, type Text, text } from '../text.ts'
import { rulesOf, type SourceEnvironment } from './environment.ts'
import { sha256Of } from './file/bytes.ts'
import { type FileMark, type Marks, readCursor, writeCursor } from './file/cursor.ts'
import { type FoundFile, locate } from './file/locate.ts'
import type { FileMapping } from './file/mapping.ts'
import { asKnown } from './file/moved.ts'
import { type Job, readingOf } from './file/read.ts'
import { survey } from './file/survey.ts'
import { take, whole } from './file/take.ts'
import { fingerprintOf } from './fingerprint.ts'
import { meaningProblems } from './meaning.ts'
import { misfit, unprefixed } from './misfit.ts'
import { joined } from './sound.ts'
import type { Batch, Cursor, Source } from './source.ts'

export interface FileEnvironment extends SourceEnvironment {
  /** Most bytes a .gz may unpack to; default 4 GB. */
  readonly unpackedLimit?: number
}

const UNPACKED_LIMIT = 4 * 1024 ** 3

/**
 * Rows of CSV, TSV, blank-separated and NDJSON files. A file that did not change is passed over; a changed one is
 * read twice: once to find its encoding and whether its rows are sound, once to yield them. Memory holds a batch,
 * plus 24 bytes a row where rows have no id of their own.
 */
export function fileSource(mapping: FileMapping, environment: FileEnvironment): Source {
  return {
    name: mapping.name,
    isLocal: true,
    pull: (cursor, signal) => pull(mapping, environment, cursor, signal),
    check: (note = () => {}) => check(mapping, environment, note),
  }
}

async function* pull(
  mapping: FileMapping,
  environment: FileEnvironment,
  cursor: Cursor | null,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  const senseless = meaningProblems(mapping, environment.kinds)
  if (senseless.length > 0) throw misfit(mapping.name, senseless)
  const job = jobOf(mapping, environment, signal)
  const fingerprint = fingerprintOf(mapping, environment)
  const marks = readCursor(cursor, fingerprint)
  const misfits: Text[] = []
  try {
    const { files, faults } = await locate(mapping, environment.baseFolder)
    misfits.push(...faults.map((fault) => unprefixed(mapping.name, fault)))
    const present = new Set(files.map(({ name }) => name))
    for (const found of files) {
      signal.throwIfAborted()
      const file = await asKnown(found, marks, present, job)
      misfits.push(...(yield* pullFile(file, job, marks, () => writeCursor(marks, fingerprint))))
    }
  } catch (error) {
    // Stopping is no failure: what was yielded is stored, and the rest comes with the next pull.
    if (signal.aborted) return
    throw error instanceof ForeshockError ? error : unreadable(mapping, error)
  }
  // One file the mapping does not fit must not keep the others out, nor go unnoticed.
  if (misfits.length > 0) throw misfit(mapping.name, misfits)
}

/** Yields what is new in one file; returns what keeps the mapping from fitting it. */
async function* pullFile(
  file: FoundFile,
  job: Job,
  marks: Marks,
  cursor: () => Cursor,
): AsyncGenerator<Batch, Text[]> {
  const mark = marks.get(file.name) ?? null
  if (mark !== null && mark.size === file.size && mark.mtime === file.mtime) return []
  if (mark !== null && mark.size === file.size && mark.sha256 === (await sha256Of(readingOf(file, job)))) {
    marks.set(file.name, { ...mark, mtime: file.mtime })
    yield { records: [], rejected: [], cursor: cursor(), progress: progressAtEnd(file, mark.rows) }
    return []
  }

  const found = await survey(file, job)
  if (found.outcome === 'misfit') return found.problems.map((problem) => of(file, problem))
  if (found.outcome === 'held') {
    marks.set(file.name, markOf(file, found.sha256, mark?.rows ?? 0))
    const rejected = [{ ...whole(file, found.reason), held: true as const }]
    yield { records: [], rejected, begins: [file.name], cursor: cursor(), progress: progressAtEnd(file, 0) }
    return []
  }
  yield* take(file, found, mark?.rows ?? null, job, (ending) => {
    // A shrunken file keeps its earlier count: it must not delete rows by shrinking in two steps.
    if (ending !== null && !ending.changed) {
      marks.set(file.name, markOf(file, found.sha256, ending.shrunk ? mark!.rows : found.rows))
    }
    return cursor()
  })
  return []
}

function of({ name }: FoundFile, says: Text): Text {
  return inBoth((locale) => `${name} ${says[locale]}`)
}

type Note = (says: string) => void

async function check(mapping: FileMapping, environment: FileEnvironment, note: Note): Promise<string[]> {
  const findings = meaningProblems(mapping, environment.kinds).map(({ en }) => en)
  const job = jobOf(mapping, environment, new AbortController().signal)
  try {
    const { files, faults } = await locate(mapping, environment.baseFolder)
    findings.push(...faults.map((fault) => unprefixed(mapping.name, fault).en))
    for (const file of files)
      findings.push(...(await checkFile(file, job, (says) => note(`${mapping.name}: ${says}`))))
  } catch (error) {
    const expected = error instanceof ForeshockError ? error : unreadable(mapping, error)
    if (!(expected instanceof ForeshockError)) throw expected
    findings.push(unprefixed(mapping.name, expected).en)
  }
  return findings.map((finding) => `${mapping.name}: ${finding}`)
}

async function checkFile(file: FoundFile, job: Job, note: Note): Promise<string[]> {
  const found = await survey(file, job)
  if (found.outcome === 'misfit') return found.problems.map((problem) => of(file, problem).en)
  if (found.outcome === 'held') return [of(file, found.reason).en]
  if (found.bad > 0) {
    note(
      `${file.name} has ${found.bad} unusable ${found.bad === 1 ? 'row' : 'rows'} of ${found.rows}: ${joined(found.reasons).en}`,
    )
  }
  return found.unseen.map((column) => `${file.name} has no row with "${column}"`)
}

function jobOf(mapping: FileMapping, environment: FileEnvironment, signal: AbortSignal): Job {
  const unpackedLimit = environment.unpackedLimit ?? UNPACKED_LIMIT
  return { mapping, rules: rulesOf(mapping, environment), unpackedLimit, signal }
}

function markOf(file: FoundFile, sha256: string, rows: number): FileMark {
  const { size, mtime, scope } = file
  return { size, mtime, sha256, rows, ...(scope === undefined ? {} : { scope }) }
}

function progressAtEnd(file: FoundFile, rows: number): Batch['progress'] {
  return { file: file.name, bytes: file.size, totalBytes: file.size, rows }
}

function unreadable(mapping: FileMapping, error: unknown): Error {
  // Only faults of the file system are expected here; anything else is a bug and must look like one.
  const fault = error as NodeJS.ErrnoException
  if (fault.syscall === undefined) return fault
  const what = text(
    `${mapping.name}：读取失败（${fault.message}）。`,
    `${mapping.name}: reading failed (${fault.message}).`,
  )
  const hint = text(
    '请检查磁盘和权限，下次拉取会重试。',
    'Check the disk and its permissions; the next pull tries again.',
  )
  return new ForeshockError('SOURCE_FAILED', what, hint)
}
