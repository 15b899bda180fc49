import { sha256At } from './bytes.ts'
import type { FileMark, Marks } from './cursor.ts'
import type { FoundFile } from './locate.ts'
import { type Job, readingOf } from './read.ts'

/**
 * The file as what it was known by: one that was renamed or moved, perhaps with rows behind its old ones, is taken for the file it was.
 * Rows without an id of their own are named by their file: under the new name all of them would count a second time. `present`: the
 * names of the files that are there.
 */
export async function asKnown(
  file: FoundFile,
  marks: Marks,
  present: ReadonlySet<string>,
  job: Job,
): Promise<FoundFile> {
  const mark = marks.get(file.name)
  if (mark !== undefined) return mark.scope === undefined ? file : { ...file, scope: mark.scope }
  if (job.mapping.fields.id !== undefined) return file
  const old = await movedFrom(file, marks, present, job)
  if (old !== null) {
    const { scope = old, ...was } = marks.get(old)!
    marks.delete(old)
    // Of no time: that it has moved is written down with a batch.
    marks.set(file.name, { ...was, mtime: -1, scope })
    return { ...file, scope }
  }
  // Another file bears the name of one that has moved away, whose rows keep it.
  const isTaken = [...marks.values()].some(({ scope }) => scope === file.name)
  return isTaken ? { ...file, scope: `${file.name}\n${file.mtime}` } : file
}

/** The name of a file that is gone and whose whole content this one has, or begins with; null: there is none. */
async function movedFrom(
  file: FoundFile,
  marks: Marks,
  present: ReadonlySet<string>,
  job: Job,
): Promise<string | null> {
  const mayGrow = file.format !== 'xlsx' && !/\.gz$/i.test(file.name)
  const gone = [...marks]
    .filter(([name, { rows }]) => !present.has(name) && rows > 0)
    .map(([name, mark]) => ({ name, ...contentOf(mark) }))
    .filter(({ size }) => size > 0 && (size === file.size || (mayGrow && size < file.size)))
    .sort((a, b) => b.size - a.size)
  if (gone.length === 0) return null
  const sizes = gone.map(({ size }) => size)
  const hashes = await sha256At(readingOf(file, job), sizes)
  return gone.find(({ size, sha256 }) => hashes.get(size) === sha256)?.name ?? null
}

function contentOf({ size, sha256, was }: FileMark): { readonly size: number; readonly sha256: string } {
  return was ?? { size, sha256 }
}
