import { describe, expect, test } from 'vitest'
import { places } from '../places.ts'
import { type Arenas, onServer } from './databases.ts'
import { race } from './races.ts'

const url = process.env['TEST_DATABASE_URL']
const embedded: Arenas = async () => ({ ...(await places[0]!.place()), eyes: null })
const arenas: [string, Arenas][] = [
  ['pglite', embedded],
  ...(url ? [['postgres', onServer(url)] as [string, Arenas]] : []),
]

describe.each(arenas)('two workers on the same cases, on %s', (name, arena) => {
  test('leave each as the table, told in other words, would', async () => {
    const figures = await race(name, arena, 12, 'smoke')
    expect(figures.filter(({ id, ok }) => !ok && !id.endsWith('.interleaved'))).toEqual([])
  })
})
