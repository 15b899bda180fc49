import { expect, it } from 'vitest'
import type { HubspotMapping } from '../../../src/sources/hubspot/mapping.ts'
import { hubspotSource } from '../../../src/sources/hubspot.ts'
import type { IntercomMapping } from '../../../src/sources/intercom/mapping.ts'
import { intercomSource } from '../../../src/sources/intercom.ts'
import { sourceMappingSchema } from '../../../src/sources/mapping.ts'
import type { SalesforceMapping } from '../../../src/sources/salesforce/mapping.ts'
import { salesforceSource } from '../../../src/sources/salesforce.ts'
import type { VendorEnvironment } from '../../../src/sources/vendor/vendor.ts'
import type { ZendeskMapping } from '../../../src/sources/zendesk/mapping.ts'
import { zendeskSource } from '../../../src/sources/zendesk.ts'
import { fakeHubspot } from '../../fakes/vendors/hubspot.ts'
import { fakeIntercom } from '../../fakes/vendors/intercom.ts'
import { fakeSalesforce } from '../../fakes/vendors/salesforce.ts'
import { fakeZendesk } from '../../fakes/vendors/zendesk.ts'
import { environmentOf, pulled, vendorSuite } from '../../suites/vendor.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 4, 1, 0, minute)).toISOString()
/** As Salesforce writes an instant. */
const stamp = (minute: number) => at(minute).replace('Z', '+0000')

vendorSuite('hubspot', async () => {
  const { server, objects } = await fakeHubspot()
  // Some of one instant across the border of two pages, then more of one instant than a page holds.
  for (let id = 1; id <= 230; id += 1) {
    const minute = id < 95 ? id : id < 110 ? 95 : id < 222 ? 200 : id
    objects.set(String(id), {
      ...{ hs_object_id: String(id), email: `c${id}@acme.example`, lastmodifieddate: at(minute) },
      ...{
        hs_full_name_or_email: `Customer ${id}`,
        hs_calculated_phone_number: null,
        total_revenue: '12.50',
      },
    })
  }
  const mapped = (overrides: object = {}) =>
    sourceMappingSchema.parse({
      ...{ name: 'crm', type: 'hubspot', object: 'contacts', url: server.url },
      ...overrides,
    }) as HubspotMapping
  return {
    server,
    ids: [...objects.keys()],
    variables: { HUBSPOT_TOKEN: 'pat-good' },
    secret: { variable: 'HUBSPOT_TOKEN', bad: 'pat-bad' },
    source: (environment: VendorEnvironment) => hubspotSource(mapped(), environment),
    misspelt: (environment: VendorEnvironment) => ({
      source: hubspotSource(mapped({ fields: { name: 'hs_full_name_or_emial' } }), environment),
      says: /contacts have no "hs_full_name_or_emial".*hs_full_name_or_email/,
    }),
  }
})

vendorSuite('salesforce', async () => {
  const { server, rows, fields } = await fakeSalesforce()
  for (const name of ['Name', 'Phone', 'MailingState', 'SystemModstamp']) fields.push({ name })
  for (let at = 1; at <= 14; at += 1) {
    const Id = `003${String(at).padStart(15, '0')}`
    const minute = at < 3 ? at : at < 11 ? 3 : at
    rows.set(Id, {
      ...{ Id, IsDeleted: false, SystemModstamp: stamp(minute), Email: `c${at}@acme.example` },
      ...{ Name: `Customer ${at}`, Phone: '(555) 123-4567 ext. 8' },
    })
  }
  const mapped = (overrides: object = {}) =>
    sourceMappingSchema.parse({
      ...{ name: 'crm', type: 'salesforce', object: 'Contact', url: server.url },
      ...overrides,
    }) as SalesforceMapping
  return {
    server,
    ids: [...rows.keys()],
    variables: { SALESFORCE_CLIENT_ID: 'sf-id', SALESFORCE_CLIENT_SECRET: 'sf-good' },
    secret: { variable: 'SALESFORCE_CLIENT_SECRET', bad: 'sf-bad' },
    source: (environment: VendorEnvironment) => salesforceSource(mapped(), environment),
    misspelt: (environment: VendorEnvironment) => ({
      source: salesforceSource(mapped({ fields: { name: 'Nmae', site: 'Acount.Name' } }), environment),
      says: /have no "Nmae".*"Name".*no "Acount".*"Account"/,
    }),
  }
})

vendorSuite('zendesk', async () => {
  const { server, world } = await fakeZendesk()
  for (let id = 1; id <= 5; id += 1) {
    world.users.push({
      ...{ id, role: id === 1 ? 'admin' : 'end-user', active: true, email: `u${id}@acme.example` },
      ...{
        name: `User ${id}`,
        phone: 'call me',
        locale: 'en-US',
        iana_time_zone: 'Europe/Berlin',
        updated_at: at(id),
      },
    })
    world.tickets.push({
      id: 100 + id,
      status: 'solved',
      requester_id: id,
      created_at: at(id),
      updated_at: at(id),
    })
    world.metric_sets.push({
      ticket_id: 100 + id,
      solved_at: at(90 + id),
      full_resolution_time_in_minutes: { calendar: 90 },
    })
    const comment = { event_type: 'Comment', id: 1000 + id, author_id: id, body: `words ${id}`, public: true }
    const timestamp = Date.parse(at(id < 4 ? 4 : id)) / 1000
    world.ticket_events.push({
      ticket_id: 100 + id,
      timestamp,
      child_events: [{ event_type: 'Change' }, comment],
    })
    world.ratings.push({
      id,
      ticket_id: 100 + id,
      requester_id: id,
      score: 'bad',
      comment: null,
      updated_at: at(id),
    })
  }
  const mapped = (overrides: object = {}) =>
    sourceMappingSchema.parse({
      name: 'support',
      type: 'zendesk',
      url: server.url,
      ...overrides,
    }) as ZendeskMapping
  const each = (from: number, idOf: (id: number) => string) =>
    Array.from({ length: 6 - from }, (_, index) => idOf(from + index))
  return {
    server,
    ids: [
      ...each(2, String),
      ...each(1, (id) => `${100 + id}/opened`),
      ...each(1, (id) => `${100 + id}/resolved`),
      ...each(2, (id) => `${100 + id}/comment/${1000 + id}`),
      ...each(1, (id) => `${100 + id}/rating/${id}`),
    ],
    variables: { ZENDESK_EMAIL: 'admin@acme.example', ZENDESK_TOKEN: 'zd-good' },
    secret: { variable: 'ZENDESK_TOKEN', bad: 'zd-bad' },
    source: (environment: VendorEnvironment) => zendeskSource(mapped(), environment),
    misspelt: (environment: VendorEnvironment) => ({
      source: zendeskSource(mapped({ fields: { users: { region: 'user_fields.regoin' } } }), environment),
      says: /no users have "user_fields.regoin"/,
    }),
  }
})

vendorSuite('intercom', async () => {
  const { server, world } = await fakeIntercom()
  const seconds = (minute: number) => Date.parse(at(minute)) / 1000
  for (let id = 1; id <= 5; id += 1) {
    world.contacts.push({
      ...{ id: `k${id}`, updated_at: seconds(3), email: `c${id}@acme.example`, name: `Customer ${id}` },
      ...{ phone: null, language_override: null },
    })
    world.conversations.push({
      ...{ id: `${id}`, created_at: seconds(id), updated_at: seconds(9), state: 'closed' },
      ...{ contacts: { contacts: [{ id: `k${id}` }] }, statistics: { last_close_at: seconds(60) } },
      source: {
        id: `s${id}`,
        delivered_as: 'customer_initiated',
        body: `words ${id}`,
        author: { type: 'user', id: `k${id}` },
      },
      conversation_rating: { rating: 5, remark: null, created_at: seconds(61), contact: { id: `k${id}` } },
    })
  }
  const mapped = (overrides: object = {}) =>
    sourceMappingSchema.parse({
      name: 'chats',
      type: 'intercom',
      url: server.url,
      ...overrides,
    }) as IntercomMapping
  const each = (idOf: (id: number) => string) => [1, 2, 3, 4, 5].map(idOf)
  return {
    server,
    ids: [
      ...each((id) => `k${id}`),
      ...each((id) => `${id}/opened`),
      ...each((id) => `${id}/resolved`),
      ...each((id) => `${id}/message/s${id}`),
      ...each((id) => `${id}/rating`),
    ],
    variables: { INTERCOM_TOKEN: 'ic-good' },
    secret: { variable: 'INTERCOM_TOKEN', bad: 'ic-bad' },
    source: (environment: VendorEnvironment) => intercomSource(mapped(), environment),
    misspelt: (environment: VendorEnvironment) => ({
      source: intercomSource(mapped({ fields: { contacts: { region: 'location.regoin' } } }), environment),
      says: /no contacts have "location.regoin"/,
    }),
  }
})

it('what may not be read keeps nothing else out; what is left out, and ticket kinds no profile has, are not asked for', async () => {
  const { server, world } = await fakeZendesk()
  world.users.push({ id: 2, role: 'end-user', name: 'Ada', email: 'ada@acme.example' })
  const variables = { ZENDESK_EMAIL: 'admin@acme.example', ZENDESK_TOKEN: 'zd-good' }
  const read = async (overrides: object, kinds = ['ticket_opened', 'ticket_resolved']) => {
    const mapping = sourceMappingSchema.parse({ name: 'z', type: 'zendesk', url: server.url, ...overrides })
    const environment = { ...environmentOf(variables), kinds: new Set(kinds) }
    server.asked.length = 0
    const error = await pulled(zendeskSource(mapping as ZendeskMapping, environment)).catch(
      (reason: unknown) => reason,
    )
    return {
      error: error instanceof Error ? error.message : null,
      paths: server.asked.map(({ path }) => path).join(),
    }
  }
  server.trouble = ({ path }) =>
    path.includes('ratings') ? { status: 403, json: { error: 'Forbidden' } } : null
  const refused = await read({})
  expect(refused.error).toMatch(/^z: Zendesk does not allow reading .*satisfaction_ratings.json: Forbidden/)
  expect(refused.paths).toContain('/tickets/cursor.json')
  expect(await read({ skip: ['ratings'] })).toEqual({
    error: null,
    paths: expect.not.stringContaining('ratings'),
  })
  const unknown = await read({ skip: ['comments', 'ratings', 'surveys'] }, ['visit'])
  expect(unknown).toEqual({ error: null, paths: '/api/v2/incremental/users/cursor.json' })
  await server.close()
})
