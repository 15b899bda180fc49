import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ForeshockError } from '../errors.ts'
import { modelCard } from '../learning/card.ts'
import { readSidecar, type Sidecar, sidecarJson, type UsedOn } from '../learning/sidecar.ts'
import { text } from '../text.ts'

/** A model in files: NAME.onnx, NAME.json (sidecar) and NAME.md (model card). */
export interface ModelFiles {
  readonly file: Uint8Array
  readonly sidecar: Sidecar
}

/**
 * Writes a model under a name of its own. The sidecar comes last: a model without one is not there, so a crash leaves
 * either a whole model or none.
 *
 * @throws CONFLICT when the name is taken
 */
export async function writeModel(
  folder: string,
  file: Uint8Array,
  about: Omit<Sidecar, 'sha256'>,
): Promise<Sidecar> {
  const sidecar = { ...about, sha256: sha256(file) }
  await mkdir(folder, { recursive: true })
  const at = (ending: string): string => join(folder, `${sidecar.name}.${ending}`)
  if (await exists(at('json')))
    throw new ForeshockError(
      'CONFLICT',
      `There is already a model "${sidecar.name}" in ${folder}.`,
      'Give the new one another name.',
    )
  const description = sidecarJson(sidecar)
  await writeWhole(folder, at('onnx'), file)
  await writeWhole(folder, at('md'), modelCard(sidecar))
  await writeWhole(folder, at('json'), description)
  return sidecar
}

/**
 * Reads a model and sees that it is whole and fits what it is used on.
 *
 * @throws NOT_FOUND when there is none; BAD_INPUT when a file is missing, changed, damaged or does not fit
 */
export async function readModel(folder: string, name: string, usedOn: UsedOn): Promise<ModelFiles> {
  const path = join(folder, `${name}.json`)
  const json = NAME.test(name) ? await readIf(path) : null
  if (json === null) {
    const names = await modelNames(folder)
    throw new ForeshockError(
      'NOT_FOUND',
      `There is no model "${name}" in ${folder === '.' ? 'this folder' : folder}.`,
      names.length > 0 ? `There are: ${names.join(', ')}.` : 'Train one first.',
    )
  }
  const sidecar = readSidecar(json.toString('utf8'), path, usedOn)
  if (sidecar.name !== name)
    throw new ForeshockError(
      'BAD_INPUT',
      `The model description ${path} is that of "${sidecar.name}".`,
      'Give the file the name of its model.',
    )
  const file = await readIf(join(folder, `${name}.onnx`))
  if (file === null)
    throw new ForeshockError(
      'BAD_INPUT',
      text(
        `模型“${name}”在 ${folder} 里没有 ${name}.onnx 文件。`,
        `The model "${name}" has no file ${name}.onnx in ${folder}.`,
      ),
      RESTORE,
    )
  const files = { file: new Uint8Array(file), sidecar }
  requireUntouched(files, join(folder, `${name}.onnx`))
  return files
}

/** Throws BAD_INPUT when the file is not the one the sidecar was written for. */
export function requireUntouched({ file, sidecar }: ModelFiles, path: string): void {
  if (sha256(file) === sidecar.sha256) return
  throw new ForeshockError(
    'BAD_INPUT',
    text(
      `文件 ${path} 与它的说明不符：SHA-256 不同。`,
      `The file ${path} is not the one its description was written for: its SHA-256 differs.`,
    ),
    RESTORE,
  )
}

const RESTORE = text(
  '请从备份恢复、换用另一个模型，或重新训练。',
  'Restore it from a backup, use another version of the model, or train again.',
)
const NAME = /^[a-z0-9][a-z0-9._-]*$/

/** Names of the models there are, in alphabetical order. */
export async function modelNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return names.flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : [])).sort()
}

/** SHA-256 of a file's bytes or a column's, hexadecimal. */
export function sha256(bytes: Uint8Array | Float32Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function readIf(path: string): Promise<Buffer | null> {
  return await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null
}

/** All of a file or nothing of it, whenever the power fails: written beside, forced to disk, then renamed. */
async function writeWhole(folder: string, path: string, content: Uint8Array | string): Promise<void> {
  const draft = `${path}.draft`
  try {
    const handle = await open(draft, 'w')
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, path)
    await syncFolder(folder)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** A renaming is on disk once its folder is. Windows cannot open folders, and needs not. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
