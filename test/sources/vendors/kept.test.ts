import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { HubspotMapping } from '../../../src/sources/hubspot/mapping.ts'
import { hubspotSource } from '../../../src/sources/hubspot.ts'
import type { IntercomMapping } from '../../../src/sources/intercom/mapping.ts'
import { intercomSource } from '../../../src/sources/intercom.ts'
import { sourceMappingSchema } from '../../../src/sources/mapping.ts'
import type { SalesforceMapping } from '../../../src/sources/salesforce/mapping.ts'
import { salesforceSource } from '../../../src/sources/salesforce.ts'
import type { Source } from '../../../src/sources/source.ts'
import type { ZendeskMapping } from '../../../src/sources/zendesk/mapping.ts'
import { zendeskSource } from '../../../src/sources/zendesk.ts'
import type { Database } from '../../../src/store/database.ts'
import type { Store } from '../../../src/store/store.ts'
import { DAY_IS_SPENT, fakeHubspot, SCOPE_IS_MISSING } from '../../fakes/vendors/hubspot.ts'
import { fakeIntercom } from '../../fakes/vendors/intercom.ts'
import { fakeSalesforce } from '../../fakes/vendors/salesforce.ts'
import { fakeZendesk, surveyOf } from '../../fakes/vendors/zendesk.ts'
import { embedded, emptyTables } from '../../places.ts'
import { openTestStore } from '../../store/samples.ts'
import { environmentOf, NOW } from '../../suites/vendor.ts'
import * as kept from './kept.ts'

let database: Database
let store: Store
beforeAll(async () => {
  ;({ database, store } = await openTestStore(embedded))
})
afterAll(() => database.close())
beforeEach(() => emptyTables(database))
const pullIn = (source: Source) => kept.pullIn(store, source)
const rows = (sql: string) => kept.rowsOf(database, sql)
const events = () => rows(kept.EVENTS)
const voices = () => rows(kept.VOICES)

it('zendesk: customers, tickets opened and resolved, what customers wrote and rated; deleted and reopened tickets', async () => {
  const { server, world } = await fakeZendesk()
  const mapping = sourceMappingSchema.parse({ name: 'support', type: 'zendesk', url: server.url })
  const source = zendeskSource(
    mapping as ZendeskMapping,
    environmentOf({ ZENDESK_EMAIL: 'admin@acme.example', ZENDESK_TOKEN: 'zd-good' }),
  )
  const person = { active: true, phone: '+49 30 901820', locale: 'de', updated_at: '2026-05-01T00:00:00Z' }
  world.users.push({ ...person, id: 1, role: 'agent', name: 'Agent', email: 'agent@acme.example' })
  world.users.push({ ...person, id: 2, role: 'end-user', name: 'Ada', email: 'ada@buyer.example' })
  const ticket = { requester_id: 2, created_at: '2026-05-02T08:00:00Z', updated_at: '2026-05-02T09:00:00Z' }
  world.tickets.push({ ...ticket, id: 7, status: 'solved' }, { ...ticket, id: 8, status: 'open' })
  world.metric_sets.push({
    ticket_id: 7,
    solved_at: '2026-05-02T09:30:00Z',
    full_resolution_time_in_minutes: { calendar: 90, business: 30 },
  })
  const said = (id: number, author_id: number, body: string, more = {}) => ({
    ...{ event_type: 'Comment', id, author_id, body, public: true },
    ...more,
  })
  world.ticket_events.push({
    ticket_id: 7,
    timestamp: Date.parse('2026-05-02T08:00:00Z') / 1000,
    child_events: [
      said(71, 2, 'It broke again'),
      said(72, 1, 'We are sorry'),
      said(73, 2, 'a note', { public: false }),
      said(74, -1, 'Closed by itself'),
      said(75, 2, ' '),
    ],
  })
  world.ratings.push({
    ...{ id: 5, ticket_id: 7, requester_id: 2 },
    ...{ score: 'bad', comment: 'too late' },
    updated_at: '2026-05-03T00:00:00Z',
  })
  world.surveys.push(surveyOf('01J1', 2, 7, { rating: 2, comment: 'slow' }), surveyOf('01J2', 2, 8, null))

  expect(await pullIn(source)).toMatchObject({ rejected: 0, removed: 0 })
  expect(await events()).toEqual([
    { id: '7/opened', kind: 'ticket_opened', amount: null, duration: null, name: 'Ada' },
    { id: '7/resolved', kind: 'ticket_resolved', amount: null, duration: 90, name: 'Ada' },
    { id: '8/opened', kind: 'ticket_opened', amount: null, duration: null, name: 'Ada' },
  ])
  expect(await voices()).toEqual([
    { id: '7/comment/71', text: 'It broke again', csat: null, name: 'Ada' },
    { id: '7/rating/5', text: 'too late', csat: 0, name: 'Ada' },
    { id: '7/survey/01J1', text: 'slow', csat: 4, name: 'Ada' },
  ])
  expect(await rows('SELECT phone, language FROM customer')).toEqual([
    { phone: '+4930901820', language: 'de' },
  ])
  expect(await pullIn(source)).toEqual({ created: 0, changed: 0, removed: 0, rejected: 0 })

  world.tickets.push({ ...ticket, id: 7, status: 'open' })
  expect(await pullIn(source)).toMatchObject({ removed: 1 })
  expect((await events()).map(({ id }) => id)).toEqual(['7/opened', '8/opened'])
  world.ticket_events.length = 0
  world.ratings.length = 0
  world.surveys.length = 0
  world.tickets.push({ ...ticket, id: 7, status: 'deleted' })
  expect(await pullIn(source)).toMatchObject({ removed: 4 })
  expect((await events()).map(({ id }) => id)).toEqual(['8/opened'])
  expect(await voices()).toEqual([])
  await server.close()
})

it('hubspot: won deals of the primary contact; a deal that is lost again or archived goes', async () => {
  const { server, objects, archived, contactOf } = await fakeHubspot()
  const mapping = sourceMappingSchema.parse({
    name: 'deals',
    type: 'hubspot',
    object: 'deals',
    url: server.url,
  })
  const environment = environmentOf({ HUBSPOT_TOKEN: 'pat-good' })
  let now = NOW
  const source = hubspotSource(mapping as HubspotMapping, { ...environment, now: () => now })
  const deal = (id: string, won: boolean, changed: string) =>
    objects.set(id, {
      ...{ hs_object_id: id, hs_lastmodifieddate: changed, hs_is_closed_won: String(won) },
      ...{ closedate: '2026-05-04T10:00:00.123Z', amount_in_home_currency: '1200.5' },
    })
  deal('21', true, '2026-05-05T00:00:00.001Z')
  deal('22', false, '2026-05-05T00:00:00.002Z')
  deal('23', true, '2026-05-05T00:00:00.003Z')
  for (const id of ['21', '22', '23']) contactOf.set(id, ['901', '902'])
  expect(await pullIn(source)).toMatchObject({ removed: 0, rejected: 0 })
  const won = { kind: 'payment', amount: 120_050, duration: null, name: null }
  expect(await events()).toEqual(['21', '23'].map((id) => ({ id, ...won })))
  expect(await rows('SELECT kind, value FROM customer_key')).toEqual([{ kind: 'crm', value: '902' }])

  deal('21', false, '2026-05-06T00:00:00.000Z')
  objects.delete('23')
  archived.push('23')
  expect(await pullIn(source)).toMatchObject({ removed: 1 })
  // The archive is looked through once a day.
  now = new Date(NOW.getTime() + 86_400_000)
  expect(await pullIn(source)).toMatchObject({ removed: 1 })
  expect(await events()).toEqual([])

  server.trouble = [DAY_IS_SPENT]
  server.asked.length = 0
  await expect(pullIn(source)).rejects.toThrow(/deals: HubSpot's allowance of requests is used up: You have/)
  expect(server.asked).toHaveLength(1)
  server.trouble = [SCOPE_IS_MISSING]
  await expect(pullIn(source)).rejects.toThrow(/scopes: crm.objects.deals.read/)
  await server.close()
})

it('salesforce: a session that runs out is asked for anew; what lies in the recycle bin goes', async () => {
  const { server, rows: records, grants, uses } = await fakeSalesforce(2)
  const mapping = sourceMappingSchema.parse({
    ...{ name: 'cases', type: 'salesforce', object: 'Case', record: 'feedback', url: server.url },
    fields: { site: 'Account.Name' },
  })
  const source = salesforceSource(
    mapping as SalesforceMapping,
    environmentOf({
      ...{ SALESFORCE_CLIENT_ID: 'sf-id', SALESFORCE_CLIENT_SECRET: 'sf-good' },
      SALESFORCE_REFRESH_TOKEN: 'sf-refresh',
    }),
  )
  for (let at = 1; at <= 5; at += 1) {
    const Id = `500${at}`
    const stamp = `2026-05-0${at}T00:00:00.000+0000`
    records.set(Id, {
      ...{ Id, IsDeleted: false, SystemModstamp: stamp, CreatedDate: stamp, ContactId: `003${at}` },
      ...{ Description: at === 4 ? null : `words ${at}`, Account: at === 1 ? null : { Name: 'North' } },
    })
  }
  uses.left = 1
  expect(await pullIn(source)).toMatchObject({ rejected: 0, removed: 0 })
  expect(grants).toEqual(['refresh_token', 'refresh_token'])
  expect((await voices()).map(({ text }) => text)).toEqual(['words 1', 'words 2', 'words 3', 'words 5'])
  records.set('5002', {
    ...records.get('5002')!,
    IsDeleted: true,
    SystemModstamp: '2026-05-09T00:00:00.000+0000',
  })
  expect(await pullIn(source)).toMatchObject({ removed: 1 })
  expect((await voices()).map(({ id }) => id)).toEqual(['5001', '5003', '5005'])
  server.trouble = [
    {
      status: 403,
      json: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
    },
  ]
  server.trouble.unshift({ json: { access_token: 'session-3' } })
  await expect(pullIn(source)).rejects.toThrow(/allowance of requests is used up: REQUEST_LIMIT_EXCEEDED/)
  await server.close()
})

it('intercom: what customers wrote in conversations, and one person in two systems by their e-mail address', async () => {
  const { server, world } = await fakeIntercom()
  const { server: crm, objects } = await fakeHubspot()
  const chats = sourceMappingSchema.parse({ name: 'chats', type: 'intercom', url: server.url })
  const source = intercomSource(chats as IntercomMapping, environmentOf({ INTERCOM_TOKEN: 'ic-good' }))
  const contacts = sourceMappingSchema.parse({
    name: 'crm',
    type: 'hubspot',
    object: 'contacts',
    url: crm.url,
  })
  objects.set('901', {
    ...{ hs_object_id: '901', email: 'Ada@buyer.example', lastmodifieddate: '2026-05-01T00:00:00Z' },
    ...{ hs_full_name_or_email: 'Ada Lovelace', total_revenue: '880' },
  })
  const seconds = Date.parse('2026-05-02T08:00:00Z') / 1000
  const ada = { type: 'user', id: 'k1' }
  const part = (id: string, author: object, body: string, more = {}) => ({
    ...{ id, author, body, created_at: seconds + 60, part_type: 'comment' },
    ...more,
  })
  world.contacts.push({
    id: 'k1',
    updated_at: seconds,
    email: 'ada@buyer.example',
    name: 'ada',
    phone: 'ask',
  })
  const conversation = {
    ...{ id: '7', created_at: seconds, updated_at: seconds + 600, state: 'closed' },
    ...{ contacts: { contacts: [{ id: 'k1' }] }, statistics: { last_close_at: seconds + 600 } },
    source: { id: 's7', delivered_as: 'customer_initiated', body: 'Where is my order?', author: ada },
    conversation_parts: {
      conversation_parts: [
        part('1', { type: 'admin', id: 'a1' }, 'On its way'),
        part('2', ada, 'Still nothing'),
        part('3', ada, 'This message was deleted', { redacted: true }),
        part('4', ada, '', { part_type: 'close' }),
      ],
    },
    conversation_rating: { rating: 1, remark: 'slow', created_at: seconds + 900, contact: { id: 'k1' } },
  }
  world.conversations.push(conversation)
  expect(await pullIn(source)).toMatchObject({ rejected: 0 })
  await pullIn(hubspotSource(contacts as HubspotMapping, environmentOf({ HUBSPOT_TOKEN: 'pat-good' })))
  const name = 'Ada Lovelace'
  expect(await events()).toEqual([
    { id: '7/opened', kind: 'ticket_opened', amount: null, duration: null, name },
    { id: '7/resolved', kind: 'ticket_resolved', amount: null, duration: 10, name },
  ])
  expect(await voices()).toEqual([
    { id: '7/message/2', text: 'Still nothing', csat: null, name },
    { id: '7/message/s7', text: 'Where is my order?', csat: null, name },
    { id: '7/rating', text: 'slow', csat: 2, name },
  ])
  expect(await pullIn(source)).toEqual({ created: 0, changed: 0, removed: 0, rejected: 0 })
  world.conversations[0] = { ...conversation, state: 'open', updated_at: Math.floor(NOW.getTime() / 1000) }
  expect(await pullIn(source)).toMatchObject({ removed: 1 })
  await server.close()
  await crm.close()
})
