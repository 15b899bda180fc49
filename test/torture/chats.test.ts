import { describe, expect, test } from 'vitest'
import { rush } from './claims.ts'
import { onServer } from './databases.ts'
import { weather } from './delivery.ts'
import { STAGES } from './stages.ts'

const url = process.env['TEST_DATABASE_URL']
const servers = url ? [url] : []

test('both platforms have a stage, on which nothing is shown yet', async () => {
  expect([...STAGES.keys()]).toEqual(['slack', 'lark'])
  for (const open of STAGES.values()) {
    const stage = await open(2)
    expect([stage.seen(), stage.stale()]).toEqual([[], 0])
    await stage.close()
  }
})

// Three processes need a server between them. What each stage alone can show, the torture shows of both.
describe.each(servers)('three replicas on a server', (server) => {
  test.each([...STAGES].filter(([name]) => name === 'slack'))(
    'deliver to %s while one dies and one sleeps',
    async (name, open) => {
      const storm = { customers: 4, channels: 2, kills: 1, freezes: 1, leaseMs: 1_000 }
      const figures = await weather(name, open, onServer(server), storm, 'smoke')
      expect(figures.filter(({ ok }) => !ok)).toEqual([])
    },
  )

  test.each([...STAGES].filter(([name]) => name === 'lark'))(
    'give a case to one of those who press at once on %s',
    async (name, open) => {
      const people = { people: 8, rounds: 1, cards: 1, changes: 4 }
      const figures = await rush(name, open, onServer(server), people)
      // How long it took is for the torture to judge.
      const judged = figures.filter(({ unit }) => unit !== 'ms' && unit !== 's')
      expect(judged.filter(({ ok, id }) => !ok && !id.endsWith('cards_late'))).toEqual([])
    },
  )
})
