import { afterAll, beforeAll, expect, it } from 'vitest'
import { DAY } from '../../../src/clock.ts'
import type { IntercomMapping } from '../../../src/sources/intercom/mapping.ts'
import { intercomSource } from '../../../src/sources/intercom.ts'
import { sourceMappingSchema } from '../../../src/sources/mapping.ts'
import { fakeIntercom } from '../../fakes/vendors/intercom.ts'
import { environmentOf, NOW, pulled } from '../../suites/vendor.ts'

let intercom: Awaited<ReturnType<typeof fakeIntercom>>
beforeAll(async () => {
  intercom = await fakeIntercom()
  const change = { created_at: 1_780_000_000, updated_at: 1_780_000_000 }
  const source = (id: string) => ({ id, body: 'Hello', author: { type: 'user', id: 'k1' } })
  for (const id of ['1', '2', '3', '4', '5'])
    intercom.world.conversations.push({ id, ...change, source: source(`s${id}`) })
})
afterAll(() => intercom.server.close())

const source = (now = NOW) =>
  intercomSource(
    sourceMappingSchema.parse({
      name: 'chats',
      type: 'intercom',
      url: intercom.server.url,
    }) as IntercomMapping,
    { ...environmentOf({ INTERCOM_TOKEN: 'ic-good' }), now: () => now },
  )

it('a page that the vendor no longer knows is begun anew, not asked for at every pull', async () => {
  const cut = await pulled(source(), null, 2)
  expect(JSON.stringify(cut.cursor)).toContain('"after"')
  const isOld = (body: object) => JSON.stringify(body).includes('starting_after":"2"')
  let refused = 0
  intercom.server.trouble = ({ body }) =>
    isOld(body) && refused++ === 0 ? { status: 400, json: { errors: [{ code: 'bad_cursor' }] } } : null
  const rest = await pulled(source(), cut.cursor)
  expect(refused).toBeGreaterThan(0)
  expect(rest.records.map(({ sourceId }) => sourceId)).toContain('5/message/s5')
})

it('a conversation that was deleted keeps nothing out that changed after it', async () => {
  intercom.server.trouble = ({ path }) => (path === '/conversations/2' ? { status: 404 } : null)
  const { records, gone } = await pulled(source())
  expect(records.map(({ sourceId }) => sourceId).sort()).toEqual(
    ['1', '3', '4', '5'].map((id) => `${id}/message/s${id}`),
  )
  expect(gone).toContain('2/')
})

it('what was deleted since goes; the list is looked through once a day, where there is one', async () => {
  intercom.server.trouble = ({ path }) => (path === '/conversations/deleted' ? { status: 404 } : null)
  const without = await pulled(source())
  expect(without.records).toHaveLength(5)
  intercom.server.trouble = []
  const before = await pulled(source(), without.cursor)
  intercom.server.asked.length = 0
  const looks = () => intercom.server.asked.filter(({ path }) => path === '/conversations/deleted').length
  expect((await pulled(source(), before.cursor)).gone).toEqual([])
  expect(looks()).toBe(0)
  const seconds = NOW.getTime() / 1000
  const old = { id: '1', deleted_at: seconds - (3 * DAY) / 1000 }
  intercom.world.deleted.push(
    old,
    { id: '4', deleted_at: seconds + 60 },
    { id: '5', deleted_at: seconds + 90 },
  )
  const later = await pulled(source(new Date(NOW.getTime() + DAY)), before.cursor)
  expect([later.gone, looks()]).toEqual([['4/', '5/'], 2])
})
