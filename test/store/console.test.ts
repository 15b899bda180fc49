import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { NewConsoleMessage } from '../../src/chat/console/ports.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyTables, places } from '../places.ts'
import { minutes, NOON, openTestStore } from './samples.ts'

describe.each(places)('console messages on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  const nobody = '00000000-0000-4000-8000-000000000000'
  const say = (key: string, more: Partial<NewConsoleMessage> = {}) =>
    store.console.add({
      channel: 'alerts',
      thread: null,
      author: 'lin',
      at: NOON,
      line: key,
      card: null,
      onlyFor: null,
      key,
      ...more,
    })
  const list = async (before: string | null, limit: number, reader = 'lin') => {
    const { messages, more } = await store.console.list({ channel: 'alerts', reader, before, limit })
    return [...messages.map(({ line }) => line), more ? '…' : 'all']
  }

  it('the same key twice, or at once, is one message', async () => {
    const said = await Promise.all(Array.from({ length: 6 }, () => say('k')))
    expect(new Set(said.map(({ id }) => id)).size).toBe(1)
    expect(await say('k', { line: 'other words' })).toEqual(said[0])
    expect(said[0]).toMatchObject({
      channel: 'alerts',
      at: NOON.toISOString(),
      editedAt: null,
      line: 'k',
      replies: 0,
    })
  })

  it('pages back from the newest', async () => {
    const said = []
    for (const key of ['a', 'b', 'c', 'd', 'e']) said.push(await say(key))
    expect(await list(null, 2)).toEqual(['d', 'e', '…'])
    expect(await list(said[3]!.id, 2)).toEqual(['b', 'c', '…'])
    expect(await list(said[1]!.id, 2)).toEqual(['a', 'all'])
    expect(await list(null, 5)).toEqual(['a', 'b', 'c', 'd', 'e', 'all'])
    expect(await list(nobody, 5)).toEqual(['all'])
  })

  it('a private answer is seen by its reader alone and counts for nobody', async () => {
    const card = await say('card')
    await say('for lin', { onlyFor: 'lin' })
    await say('reply', { thread: card.id })
    await say('secret', { thread: card.id, onlyFor: 'zhou' })
    expect(await list(null, 9, 'lin')).toEqual(['card', 'for lin', 'all'])
    expect(await list(null, 9, 'zhou')).toEqual(['card', 'all'])
    expect((await store.console.thread(card.id, 'lin')).map(({ line }) => line)).toEqual(['reply'])
    expect((await store.console.thread(card.id, 'zhou')).map(({ line }) => line)).toEqual(['reply', 'secret'])
    expect(await store.console.get(card.id)).toMatchObject({ replies: 1 })
  })

  it('an edit replaces the card and keeps its place', async () => {
    const card = (title: string) => ({ zh: { title }, en: { title } }) as never
    const first = await say('first', { card: card('old') })
    await say('second')
    const edited = await store.console.edit(first.id, card('new'), minutes(5))
    expect(edited).toMatchObject({
      id: first.id,
      card: { zh: { title: 'new' } },
      editedAt: minutes(5).toISOString(),
    })
    expect(await list(null, 9)).toEqual(['first', 'second', 'all'])
    expect(await store.console.edit(nobody, card('x'), NOON)).toBeNull()
  })

  it('an id that is none finds nothing', async () => {
    expect(await store.console.get("x'; DROP TABLE console_message")).toBeNull()
    expect(await store.console.thread('A-1001', 'lin')).toEqual([])
    expect(await store.console.edit('A-1001', {} as never, NOON)).toBeNull()
  })
})
