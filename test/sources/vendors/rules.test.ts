import { describe, expect, it } from 'vitest'
import { turn } from '../../../src/sources/hubspot/turn.ts'
import { sourceMappingSchema, variablesOf } from '../../../src/sources/mapping.ts'
import { asking } from '../../../src/sources/vendor/ask.ts'
import { settled } from '../../../src/sources/vendor/keyset.ts'
import { pauseBefore, retryAfter } from '../../../src/sources/vendor/retry.ts'
import { zendeskAccount } from '../../../src/sources/zendesk/account.ts'
import type { ZendeskMapping } from '../../../src/sources/zendesk/mapping.ts'
import { NOW } from '../../suites/vendor.ts'

const world = { now: () => NOW, chance: () => 0.5 }
const refused = (status: number, headers = {}) => ({
  status,
  headers: new Headers(headers),
  problem: 'refused' as const,
})

describe('trying again', () => {
  it('waits longer each time, five times at most, and only where time can help', () => {
    expect([1, 2, 3, 4, 5].map((tries) => pauseBefore(refused(500), tries, world))).toEqual([
      1500,
      3000,
      6000,
      12_000,
      null,
    ])
    for (const status of [302, 400, 401, 403, 404, 413]) {
      expect(pauseBefore(refused(status), 1, world)).toBeNull()
    }
    const lost = { status: null, headers: new Headers(), problem: 'no answer' as const }
    expect(pauseBefore(lost, 1, world)).toBe(1500)
    expect(pauseBefore({ ...lost, problem: 'too large' }, 1, world)).toBeNull()
  })

  it('takes the wait it is asked for, as seconds or as a date, and none that is too long', () => {
    expect(retryAfter(new Headers({ 'retry-after': '2.5' }), NOW)).toBe(2500)
    expect(retryAfter(new Headers({ 'retry-after': 'Mon, 01 Jun 2026 04:00:10 GMT' }), NOW)).toBe(10_000)
    expect(retryAfter(new Headers({ 'retry-after': 'soon' }), NOW)).toBeNull()
    expect(pauseBefore(refused(429, { 'retry-after': '30' }), 1, world)).toBe(30_500)
    expect(pauseBefore(refused(429, { 'retry-after': '3600' }), 1, world)).toBeNull()
  })

  it('waits for minutes at most, whatever a vendor counts in', async () => {
    const waited: number[] = []
    const account = { ...zendeskAccount(zendesk(), () => 'x'), rest: () => 1e12 }
    const letIn = async () => ({ ...refused(500), body: null })
    const wait = async (ms: number) => void waited.push(ms)
    const ask = asking({ ...account, letIn }, { ...world, wait }, new AbortController().signal)
    await expect(ask({ path: '/' })).rejects.toThrow(/fails \(HTTP 500/)
    expect(waited).toEqual([300_000, 300_000, 300_000, 300_000])
  })

  it('leaves Zendesk alone until a spent allowance is renewed', () => {
    const { rest } = zendeskAccount(zendesk(), () => 'x')
    expect(rest(new Headers({ 'ratelimit-remaining': '0', 'ratelimit-reset': '12' }), NOW)).toBe(12_000)
    const exports = { 'zendesk-ratelimit-incremental-exports-cursor': 'total=10; remaining=0; resets=39' }
    expect(rest(new Headers({ ...exports, 'ratelimit-remaining': '400' }), NOW)).toBe(39_000)
    expect(rest(new Headers(), NOW)).toBe(0)
  })
})

describe('walking by change and id', () => {
  const row = (id: number, minute: number) => ({
    id: String(id),
    changed: new Date(Date.UTC(2026, 4, 1, 0, minute)).toISOString(),
  })

  it('ends a page before the instant that the next one begins with', () => {
    const found = [row(3, 1), row(1, 2), row(2, 2)]
    expect(turn(found, { since: null }, 3)).toEqual({ take: 1, next: { since: row(1, 2).changed } })
    expect(turn(found, { since: null }, 4)).toEqual({ take: 3, next: null })
  })

  it('walks through an instant that fills a page by id, then goes on behind it', () => {
    const found = [row(3, 2), row(1, 2)]
    const since = row(1, 2).changed
    expect(turn(found, { since }, 2)).toEqual({ take: 0, next: { since, above: '0' } })
    expect(turn(found, { since, above: '0' }, 2)).toEqual({ take: 2, next: { since, above: '1' } })
    expect(turn([row(4, 2)], { since, above: '3' }, 2)).toEqual({
      take: 1,
      next: { since: '2026-05-01T00:02:00.001Z' },
    })
  })

  it('begins the next pull a little before this one, for what shows late', () => {
    expect(settled({ since: '2026-06-01T03:59:00.000Z' }, NOW)).toEqual({ since: '2026-06-01T03:55:00.000Z' })
    expect(settled({ since: '2026-05-01T00:00:00.000Z', above: 'x' }, NOW)).toEqual({
      since: '2026-05-01T00:00:00.000Z',
    })
  })
})

describe('an entry of the configuration', () => {
  it('needs no more than the account and the object', () => {
    const contacts = sourceMappingSchema.parse({ name: 'crm', type: 'hubspot', object: 'contacts' })
    expect(contacts).toMatchObject({
      record: 'customer',
      url: 'https://api.hubapi.com',
      token: 'HUBSPOT_TOKEN',
    })
    expect(variablesOf(contacts)).toEqual(['HUBSPOT_TOKEN'])
    expect(variablesOf(zendesk())).toEqual(['ZENDESK_EMAIL', 'ZENDESK_TOKEN'])
  })

  it('may say some fields otherwise and keep the others', () => {
    const deals = sourceMappingSchema.parse({
      ...{ name: 'crm', type: 'hubspot', object: 'deals', token: 'HUBSPOT_EU' },
      fields: { kind: { value: 'order' }, customer: { company: 'associations.companies' } },
    })
    expect(deals).toMatchObject({
      record: 'event',
      fields: {
        kind: { value: 'order' },
        at: 'closedate',
        customer: { company: 'associations.companies' },
      },
      only: { hs_is_closed_won: true },
    })
    expect(variablesOf(deals)).toEqual(['HUBSPOT_EU'])
    expect(zendesk({ fields: { users: { region: 'user_fields.region' } } }).fields.users).toMatchObject({
      region: 'user_fields.region',
      name: 'name',
    })
  })

  it('of an object of the company’s own says what is missing', () => {
    const own = sourceMappingSchema.safeParse({
      name: 'crm',
      type: 'hubspot',
      object: '2-1234',
      record: 'event',
    })
    expect(own.error?.issues.map(({ path }) => path.join('.')).sort()).toEqual([
      'fields.at',
      'fields.customer',
      'fields.kind',
    ])
  })

  it('sends a token in clear to nobody but this machine', () => {
    const at = (url: string) => sourceMappingSchema.safeParse({ name: 'z', type: 'zendesk', url }).success
    expect(['https://acme.zendesk.com', 'https://acme.zendesk.com/', 'http://127.0.0.1:7'].map(at)).toEqual([
      true,
      true,
      true,
    ])
    const bad = [
      'http://acme.zendesk.com',
      'https://me:pw@acme.zendesk.com',
      'https://acme.zendesk.com/api',
      'acme',
    ]
    expect(bad.map(at)).toEqual([false, false, false, false])
  })
})

function zendesk(overrides: object = {}): ZendeskMapping {
  const entry = { name: 'support', type: 'zendesk', url: 'https://acme.zendesk.com', ...overrides }
  return sourceMappingSchema.parse(entry) as ZendeskMapping
}
