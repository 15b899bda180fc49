import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ForeshockError } from '../../src/errors.ts'
import type { SourceRecord } from '../../src/records/record.ts'
import type { Batch, Cursor, Source } from '../../src/sources/source.ts'
import type { VendorEnvironment } from '../../src/sources/vendor/vendor.ts'
import type { Answered, VendorServer } from '../fakes/vendors/server.ts'

/** A vendor under test: its server with rows for several pages, many of them of one instant, and what reads it. */
export interface VendorUnderTest {
  readonly server: VendorServer
  /** Ids of all records, as often as they are. */
  readonly ids: readonly string[]
  readonly variables: Readonly<Record<string, string>>
  /** The secret, and the variable that holds it. */
  readonly secret: { readonly variable: string; readonly bad: string }
  source(environment: VendorEnvironment): Source
  /** The same with a property that nobody has, and what doctor says of it. */
  misspelt(environment: VendorEnvironment): { readonly source: Source; readonly says: RegExp }
}

export const NOW = new Date('2026-06-01T04:00:00Z')

/** An environment that never sleeps: `waited` tells for how long it would have. */
export function environmentOf(
  variables: Readonly<Record<string, string>>,
): VendorEnvironment & { waited: number[] } {
  const waited: number[] = []
  return {
    baseFolder: '/',
    now: () => NOW,
    company: { timeZone: 'Asia/Shanghai', currency: 'CNY' },
    kinds: new Set(['payment', 'ticket_opened', 'ticket_resolved']),
    variables: (name) => variables[name],
    wait: async (ms, signal) => {
      signal.throwIfAborted()
      waited.push(ms)
    },
    chance: () => 0.5,
    mostBytes: 200_000,
    waited,
  }
}

export async function pulled(source: Source, cursor: Cursor | null = null, most = Number.POSITIVE_INFINITY) {
  const batches: Batch[] = []
  for await (const batch of source.pull(cursor, new AbortController().signal)) {
    batches.push(batch)
    // As a process that dies: what was yielded is stored, nothing behind it.
    if (batches.length >= most) break
  }
  const stored = batches.at(-1)?.cursor ?? cursor
  return {
    batches,
    records: batches.flatMap(({ records }) => records),
    rejected: batches.flatMap(({ rejected }) => rejected),
    gone: batches.flatMap(({ gone = [] }) => gone),
    cursor: JSON.parse(JSON.stringify(stored)) as Cursor | null,
  }
}

async function failed(work: Promise<unknown>): Promise<ForeshockError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ForeshockError)
  return error as ForeshockError
}

const idsOf = (records: readonly SourceRecord[]) => records.map(({ sourceId }) => sourceId).sort()
const unique = (ids: readonly string[]) => [...new Set(ids)].sort()

/** What every vendor's source promises. */
export function vendorSuite(name: string, open: () => Promise<VendorUnderTest>): void {
  describe(`source ${name}`, () => {
    let vendor: VendorUnderTest
    beforeAll(async () => {
      vendor = await open()
    })
    afterAll(() => vendor.server.close())
    afterEach(() => {
      vendor.server.trouble = []
    })
    const start = () => {
      const environment = environmentOf(vendor.variables)
      return { environment, source: vendor.source(environment) }
    }

    it('reads every row of every page, also where a page ends within one instant', async () => {
      const { records, rejected, batches } = await pulled(start().source)
      expect(rejected).toEqual([])
      expect(unique(idsOf(records))).toEqual(unique(vendor.ids))
      expect(batches.length).toBeGreaterThan(2)
    })

    it('a second pull brings nothing that was not there', async () => {
      const first = await pulled(start().source)
      const { records } = await pulled(start().source, first.cursor)
      expect(vendor.ids).toEqual(expect.arrayContaining(idsOf(records)))
      expect(records.length).toBeLessThan(vendor.ids.length)
    })

    it('goes on where a pull was cut off between two pages', async () => {
      const { batches } = await pulled(start().source)
      for (let kept = 1; kept < batches.length; kept += 2) {
        const before = await pulled(start().source, null, kept)
        const after = await pulled(start().source, before.cursor)
        expect(unique(idsOf([...before.records, ...after.records]))).toEqual(unique(vendor.ids))
        expect(after.batches.length).toBeLessThan(batches.length)
      }
    })

    it('waits as long as it is asked to and then goes on', async () => {
      const { source, environment } = start()
      vendor.server.trouble = [
        { status: 429, headers: { 'retry-after': '7' }, json: { message: 'too many' } },
        { status: 503, headers: { 'retry-after': 'Mon, 01 Jun 2026 04:01:00 GMT' }, words: 'busy' },
      ]
      const { records } = await pulled(source)
      expect(unique(idsOf(records))).toEqual(unique(vendor.ids))
      expect(Math.min(...environment.waited.filter((ms) => ms > 5_000))).toBeGreaterThanOrEqual(7_000)
      expect(Math.max(...environment.waited)).toBeGreaterThanOrEqual(60_000)
    })

    it('is stopped without a word', async () => {
      const { source } = start()
      const stop = new AbortController()
      const seen: Batch[] = []
      for await (const batch of source.pull(null, stop.signal)) {
        seen.push(batch)
        stop.abort()
      }
      expect(seen).toHaveLength(1)
    })

    it('a refused token is named by its variable, asked once and never repeated', async () => {
      const { variable, bad } = vendor.secret
      const environment = environmentOf({ ...vendor.variables, [variable]: bad })
      vendor.server.asked.length = 0
      const error = await failed(pulled(vendor.source(environment)))
      expect(error.code).toBe('SOURCE_FAILED')
      expect(error.explain('en')).toContain(variable)
      expect(error.explain('en') + error.explain('zh')).not.toContain(bad)
      expect(vendor.server.asked.length).toBeLessThanOrEqual(2)
      const unset = environmentOf({})
      expect((await failed(pulled(vendor.source(unset)))).explain('en')).toMatch(/variable \w+ is not set/)
    })

    const always: readonly [string, Answered, RegExp][] = [
      ['fails', { status: 500, json: { message: 'oops' } }, /fails \(HTTP 500/],
      ['answers no JSON', { words: '<html>' }, /cannot be read/],
      ['answers too much', { words: `"${'x'.repeat(200_001)}"` }, /too large/],
      ['sends elsewhere', { status: 302, headers: { location: 'http://127.0.0.1:9/' } }, /HTTP 302/],
    ]
    it.each(always)('says so when the vendor always %s', async (_, answer, says) => {
      const { source, environment } = start()
      vendor.server.trouble = () => answer
      vendor.server.asked.length = 0
      const error = await failed(pulled(source))
      expect(error.explain('en')).toMatch(says)
      expect(error.said.what.zh).toMatch(/^\S+：/)
      expect(vendor.server.asked.length).toBeLessThanOrEqual(5)
      expect(environment.waited.every((ms) => ms <= 60_000)).toBe(true)
    })

    it('doctor finds nothing to mend, a refused token and a misspelt property', async () => {
      const { source, environment } = start()
      expect(await source.check()).toEqual([])
      const { source: misspelt, says } = vendor.misspelt(environment)
      expect((await misspelt.check()).join()).toMatch(says)
      const { variable, bad } = vendor.secret
      const refused = await vendor.source(environmentOf({ ...vendor.variables, [variable]: bad })).check()
      expect(refused.join()).toContain(variable)
    })
  })
}
