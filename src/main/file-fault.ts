import { ForeshockError } from '../errors.ts'

/** The system refused a file or folder: no bug, but something the user can mend. */
export function fileFault(error: unknown): ForeshockError | null {
  const { code, path, syscall } = error as NodeJS.ErrnoException
  const why = WHY[code ?? '']
  if (why === undefined || path === undefined) return null
  return new ForeshockError(
    'CONFIG_INVALID',
    `${path} ${why} (${syscall}).`,
    'Mend that, or name another place in the configuration.',
  )
}

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'may not be used by this user',
  EPERM: 'may not be used by this user',
  EROFS: 'lies on a read-only disk',
  ENOSPC: 'cannot be written: the disk is full',
  EISDIR: 'is a folder, not a file',
  ENOTDIR: 'runs through a file that is not a folder',
  EEXIST: 'is a file, not a folder',
}
