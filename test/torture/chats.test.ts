import { describe, expect, test } from 'vitest'
import { rush } from './claims.ts'
import { onServer } from './databases.ts'
import { weather } from './delivery.ts'
import { STAGES } from './stage.ts'

const url = process.env['TEST_DATABASE_URL']
const servers = url ? [url] : []

test('every chat has a stage, and an event pressed on it is answered by nobody yet', async () => {
  expect([...STAGES.keys()]).toEqual(['searched', 'keyed'])
  for (const open of STAGES.values()) {
    const stage = await open()
    expect([stage.seen(), stage.stale(), stage.answerTo('E1')]).toEqual([[], 0, null])
    await stage.close()
  }
})

// Three processes need a server between them.
describe.each(servers)('three replicas on a server', (server) => {
  test.each([...STAGES])(
    'deliver to a %s chat while one dies and one sleeps',
    async (name, open) => {
      const storm = { customers: 4, channels: 2, kills: 1, freezes: 1, leaseMs: 1_000 }
      const figures = await weather(name, open, onServer(server), storm, 'smoke')
      expect(figures.filter(({ ok }) => !ok)).toEqual([])
    },
    120_000,
  )

  test('give a case to one of those who press at once', async () => {
    const people = { people: 8, rounds: 1, cards: 1, changes: 4 }
    const figures = await rush('searched', STAGES.get('searched')!, onServer(server), people)
    // How long it took is for the torture to judge.
    const judged = figures.filter(({ unit }) => unit !== 'ms' && unit !== 's')
    expect(judged.filter(({ ok, id }) => !ok && !id.endsWith('cards_late'))).toEqual([])
  }, 120_000)
})
