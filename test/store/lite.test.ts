import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Lite } from '../../src/store/lite.ts'
import { emptyFolder } from '../places.ts'

let made: ReturnType<typeof emptyFolder>
beforeEach(() => {
  made = emptyFolder()
})
afterEach(() => made.drop())

function open(folder = made.data): { lite: Lite; pool: pg.Pool; crash(): Promise<number> } {
  const lite = new Lite(folder)
  const pool = new pg.Pool({
    user: 'postgres',
    database: 'postgres',
    max: 1,
    idleTimeoutMillis: 0,
    stream: () => lite.open() as never,
  })
  pool.on('error', () => {})
  return { lite, pool, crash: () => (lite as unknown as { worker: Worker }).worker.terminate() }
}

it('when its thread dies, what runs, waits or comes later fails at once, and closing still ends', async () => {
  const { lite, pool, crash } = open()
  await pool.query('SELECT 1')
  const running = pool.query('SELECT count(*) FROM generate_series(1, 50000000)')
  const waiting = pool.query('SELECT 2')
  const outcomes = Promise.allSettled([running, waiting])
  await crash()
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await expect(pool.query('SELECT 3')).rejects.toThrow(/the embedded database has stopped/)
  await expect(lite.ready).resolves.toBeUndefined()
  await pool.end()
  await lite.close()
  await lite.close()
})

it('a database that cannot start says so to whoever connects, and closes', async () => {
  const { lite, pool } = open('/dev/null/nowhere')
  await expect(pool.query('SELECT 1')).rejects.toThrow(/ENOTDIR|not a directory|Error/)
  await pool.end()
  await lite.close()
})

it('keeps what was written to it where it is: its memory may be that of other buffers too', async () => {
  const { lite, pool } = open()
  const stream = lite.open()
  stream.connect()
  await once(stream, 'connect')
  const words = Buffer.from('\0\0\0\0\0\x03\0\0user\0postgres\0database\0postgres\0\0')
  words.writeInt32BE(words.length)
  const own = Buffer.alloc(20_000)
  const size = words.copy(own)
  stream.write(own.subarray(0, size))
  await once(stream, 'data')
  expect(own.byteLength).toBe(20_000)
  stream.destroy()
  await pool.end()
  await lite.close()
})
