import { describe, expect, test } from 'vitest'
import { places } from '../places.ts'
import { type Arenas, onServer } from './databases.ts'
import { short, torture } from './restart.ts'

const url = process.env['TEST_DATABASE_URL']

/** On a copy of the tests' empty database, which saves making one. */
const embedded: Arenas = async () => ({ ...(await places[0]!.place()), eyes: null })

const arenas: [string, Arenas][] = [
  ['pglite', embedded],
  ...(url ? [['postgres', onServer(url)] as [string, Arenas]] : []),
]

// Once, on the server where there is one: the command itself tortures both.
describe.each(arenas.slice(-1))('a program killed again and again, on %s', (name, arena) => {
  test('ends with the rows and the cards of one that was left in peace', async () => {
    const { figures } = await torture(name, arena, short('smoke'))
    expect(figures.filter(({ ok }) => !ok)).toEqual([])
    const value = (id: string): number => figures.find((one) => one.id === `restart.${name}.${id}`)!.value
    expect(value('kills')).toBe(2)
    expect(value('cards')).toBeGreaterThan(0)
    expect(value('clicks')).toBeGreaterThan(0)
  })
})
