import { expect, test } from 'vitest'
import { embedded, onServer } from '../torture/databases.ts'
import { ingestOn, SHORT } from './ingest.ts'

const url = process.env['TEST_DATABASE_URL']

// How long it takes is no matter here: that every request is answered and every angry customer has a card, is.
test('what is sent to the running program is kept, and cards follow', async () => {
  const figures = await ingestOn('here', url ? onServer(url) : embedded, SHORT)
  const value = (id: string): number => figures.find((one) => one.id === `ingest.here.${id}`)!.value
  expect([value('sent'), value('errors'), value('cards_missing')]).toEqual([
    SHORT.aSecond * SHORT.seconds,
    0,
    0,
  ])
})
