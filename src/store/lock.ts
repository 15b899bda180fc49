import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:net'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ForeshockError } from '../errors.ts'
import { text } from '../text.ts'

/**
 * One process per data folder: two lose acknowledged rows. On Linux the lock is an abstract socket, which the
 * kernel frees even after kill -9; elsewhere a named pipe or a socket file. The owner file only makes the
 * refusal helpful.
 *
 * @throws ForeshockError DATA_LOCKED when another process holds the folder
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  mkdirSync(folder, { recursive: true })
  const owner = join(folder, 'owner.pid')
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24)
  const server = await hold(addressOf(name))
  if (server === null) throw locked(folder, owner)
  server.unref()
  writeFileSync(owner, `${process.pid}\n`)
  return async () => {
    rmSync(owner, { force: true })
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
}

/** Listens on the address; null when someone else does. */
export async function hold(address: string): Promise<Server | null> {
  const server = await listenOn(address)
  // A socket file outlives a process that was killed: where nobody answers, it is only litter.
  if (server !== null || !address.startsWith('/') || (await answers(address))) return server
  rmSync(address, { force: true })
  return listenOn(address)
}

function listenOn(address: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    )
    server.listen(address, () => resolve(server))
  })
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function addressOf(name: string): string {
  if (process.platform === 'linux') return `\0foreshock-${name}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\foreshock-${name}`
  return join(tmpdir(), `foreshock-${name}.sock`)
}

function locked(folder: string, owner: string): ForeshockError {
  const holder = holderOf(owner)
  return new ForeshockError(
    'DATA_LOCKED',
    text(
      `数据文件夹 ${folder} 正被${holder === null ? '另一个进程' : `进程 ${holder} `}使用。`,
      `The data folder ${folder} is in use by ${holder === null ? 'another process' : `process ${holder}`}.`,
    ),
    text(
      '请先停掉那个进程；或者换一个文件夹（database.folder），或改用 PostgreSQL（DATABASE_URL）。',
      'Stop that process first, or give this one another folder (database.folder) or a PostgreSQL server (DATABASE_URL).',
    ),
  )
}

/** The holder may be between taking the lock and writing its name. */
function holderOf(owner: string): string | null {
  try {
    return readFileSync(owner, 'utf8').trim() || null
  } catch {
    return null
  }
}
