import { access, constants, lstat, open, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { ForeshockError } from '../../errors.ts'
import { ownValue } from '../../own-value.ts'
import { text } from '../../text.ts'
import type { FileMapping, Format } from './mapping.ts'

/** A file of the source as it lies on disk now. */
export interface FoundFile {
  readonly path: string
  /** Relative to the config file, with forward slashes: what people and cursors call it. */
  readonly name: string
  readonly format: Format
  readonly size: number
  /** Last change, milliseconds. */
  readonly mtime: number
  /** What names its rows, where that is not its name: see moved.ts. */
  readonly scope?: string
}

const EXTENSIONS: Readonly<Record<string, Format>> = {
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.tab': 'tsv',
  '.txt': 'blank',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.xlsx': 'xlsx',
  '.xlsm': 'xlsx',
}
/** Some of them are workbooks of today under an old name; of the others it is said that they are not. */
const OLD_WORKBOOK = '.xls'

/** The files a mapping means, by name. */
export interface Located {
  readonly files: readonly FoundFile[]
  /** Files of the folder that cannot be opened, one sentence each: they do not keep the others out. */
  readonly faults: readonly ForeshockError[]
}

/** Finds the files a mapping means. Throws SOURCE_FAILED when there is none or the place cannot be read. */
export async function locate(mapping: FileMapping, baseFolder: string): Promise<Located> {
  const place = path.resolve(baseFolder, mapping.path)
  const there = await stat(place).catch((error: unknown) => fail(mapping, error, baseFolder))
  if (!there.isDirectory()) {
    if (mapping.pattern !== undefined) {
      throw failure(
        mapping,
        text('是一个文件，而 pattern 只用于文件夹', 'is a file, and `pattern` is for folders'),
        REMOVE_PATTERN,
      )
    }
    return { files: [await found(mapping, place, baseFolder)], faults: [] }
  }
  const names = await readdir(place).catch((error: unknown) => fail(mapping, error, baseFolder))
  const wanted = names.filter((name) => isWanted(name, mapping)).sort()
  const tried = await Promise.all(wanted.map((name) => foundIn(mapping, path.join(place, name), baseFolder)))
  const faults = tried.filter((each) => each instanceof ForeshockError)
  const files = tried.filter((each): each is FoundFile => each !== null && !(each instanceof ForeshockError))
  if (files.length + faults.length === 0) throw failure(mapping, NOTHING_HERE, hintFor(mapping))
  return { files, faults }
}

function isWanted(name: string, mapping: FileMapping): boolean {
  if (name.startsWith('.') || name.startsWith('~$')) return false
  if (mapping.pattern !== undefined) return matcherOf(mapping.pattern).test(name)
  return formatOf(name) !== null
}

/** `*` stands for any run of characters, `?` for one. */
function matcherOf(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${escaped.replace(/\*+/g, '.*').replace(/\?/g, '.')}$`, 'u')
}

function formatOf(name: string): Format | null {
  const extension = path.extname(name.replace(/\.gz$/i, '')).toLowerCase()
  return extension === OLD_WORKBOOK ? 'xlsx' : (ownValue(EXTENSIONS, extension) ?? null)
}

/**
 * As `found`, but a folder that matches the pattern is passed over, and so is a file that was taken away since the
 * folder was listed. What cannot be opened, such as a link that leads nowhere, comes back as the error that says so.
 */
async function foundIn(
  mapping: FileMapping,
  place: string,
  baseFolder: string,
): Promise<FoundFile | ForeshockError | null> {
  try {
    if ((await lstat(place)).isDirectory()) return null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  try {
    return (await stat(place)).isDirectory() ? null : await found(mapping, place, baseFolder)
  } catch (error) {
    if (error instanceof ForeshockError) return error
    const name = path.relative(baseFolder, place).split(path.sep).join('/')
    return faultOf(mapping, error, baseFolder, name)
  }
}

async function found(mapping: FileMapping, place: string, baseFolder: string): Promise<FoundFile> {
  const name = path.relative(baseFolder, place).split(path.sep).join('/')
  const there = await stat(place).catch((error: unknown) => fail(mapping, error, baseFolder))
  if (!there.isFile())
    throw failure(mapping, text('不是普通文件', 'is not a regular file'), GIVE_A_FILE, name)
  await access(place, constants.R_OK).catch((error: unknown) => fail(mapping, error, baseFolder, name))
  const format = mapping.format ?? ((await isZip(place)) ? 'xlsx' : formatOf(name))
  if (format === null) {
    const what = text('的扩展名看不出格式', 'has an ending that tells no format')
    throw failure(
      mapping,
      what,
      text(
        '请设置 format：csv、tsv、blank、ndjson 或 xlsx。',
        'Set `format` to csv, tsv, blank, ndjson or xlsx.',
      ),
      name,
    )
  }
  return { path: place, name, format, size: there.size, mtime: there.mtimeMs }
}

/** Whatever a workbook is called: programs export them as .csv and .xls too. */
async function isZip(place: string): Promise<boolean> {
  const file = await open(place)
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.equals(ZIP)
  } finally {
    await file.close()
  }
}

const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04])

const REMOVE_PATTERN = text(
  '请删去 pattern，或把 path 指向文件夹。',
  'Remove `pattern`, or let `path` name the folder.',
)
const GIVE_A_FILE = text('请把 path 指向文件或文件夹。', 'Let `path` name a file or a folder.')
const NOTHING_HERE = text('里没有符合的文件', 'holds no matching file')

function hintFor(mapping: FileMapping): ReturnType<typeof text> {
  if (mapping.pattern === undefined) {
    const endings = Object.keys(EXTENSIONS).join(' ')
    return text(
      `请放入 ${endings} 文件，或设置 pattern。`,
      `Put a file ending in ${endings} there, or set \`pattern\`.`,
    )
  }
  return text(`请检查 pattern“${mapping.pattern}”。`, `Check the pattern "${mapping.pattern}".`)
}

function fail(mapping: FileMapping, error: unknown, baseFolder: string, name = mapping.path): never {
  throw faultOf(mapping, error, baseFolder, name)
}

/** What a fault of the file system means to whoever wrote the mapping; anything else is a bug and thrown as it is. */
function faultOf(mapping: FileMapping, error: unknown, baseFolder: string, name: string): ForeshockError {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const hint = text(
      `路径从配置文件所在的文件夹（${baseFolder}）算起。`,
      `Paths start from the folder of the config file, ${baseFolder}.`,
    )
    return failure(mapping, text('不存在', 'does not exist'), hint, name)
  }
  if (code === 'EACCES' || code === 'EPERM') {
    const hint = text(
      '请给运行 Foreshock 的账户读取权限。',
      'Give the account that runs Foreshock the right to read it.',
    )
    return failure(mapping, text('无权读取', 'may not be read'), hint, name)
  }
  throw error
}

function failure(
  mapping: FileMapping,
  what: { zh: string; en: string },
  hint: { zh: string; en: string },
  name = mapping.path,
) {
  const said = text(`${mapping.name}：${name} ${what.zh}。`, `${mapping.name}: ${name} ${what.en}.`)
  return new ForeshockError('SOURCE_FAILED', said, hint)
}
