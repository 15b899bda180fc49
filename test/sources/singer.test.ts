import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLog } from '../../src/log.ts'
import { singerMappingSchema } from '../../src/sources/singer/mapping.ts'
import { messageIn } from '../../src/sources/singer/message.ts'
import { without } from '../../src/sources/singer/tail.ts'
import { singerSource } from '../../src/sources/singer.ts'
import type { Source } from '../../src/sources/source.ts'
import { maskedContacts } from '../../templates/mask.ts'
import { type Stage, sourceSuite, type Visit } from '../suites/source.ts'
import { type Folder, newFolder, pull } from './folder.ts'

const TAP = fileURLToPath(new URL('../fixtures/tap.mjs', import.meta.url))
const VARIABLES: Readonly<Record<string, string>> = {
  PATH: process.env['PATH']!,
  SHOP_TOKEN: 'shop-token-1',
  OTHER_TOKEN: 'other',
}
const VISITS = {
  ...{ stream: 'visits', record: 'event' },
  fields: { customer: { crm: 'who' }, kind: { value: 'visit' }, at: 'date', amount: 'paid' },
}

let folder: Folder
const said: string[] = []
const rows = new Map<string, Visit & { seq: number; who: string }>()
beforeAll(async () => {
  folder = await newFolder()
})
afterAll(() => folder.remove())

const put = async (visits: readonly Visit[]) => {
  for (const visit of visits) rows.set(visit.id, { ...visit, who: 'C1', seq: rows.size + 1 + said.length })
  await folder.write('visits.json', JSON.stringify([...rows.values()]))
}
const tap = async (mode = 'plain') =>
  folder.write(
    'tap.json',
    JSON.stringify({ mode, visits: join(folder.path, 'visits.json'), api_key: 'secret-key-9' }),
  )
const source = (overrides: Record<string, unknown> = {}): Source =>
  singerSource(
    singerMappingSchema.parse({
      ...{ name: 'shop', type: 'singer', command: TAP, config: 'tap.json', env: ['SHOP_TOKEN'] },
      ...{ streams: [VISITS], ...overrides },
    }),
    {
      ...folder.environment,
      variables: (name) => VARIABLES[name],
      log: openLog('info', { write: (line) => void said.push(line) }),
      mask: maskedContacts,
    },
  )
const failure = async (from: Source, cursor: Parameters<typeof pull>[1] = null) =>
  (await pull(from, cursor).catch((error: unknown) => error)) as Error

/** Init takes a while to bury what its parent left behind. */
const isGone = async (pid: number): Promise<boolean> => {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      if (readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')) return true
    } catch {
      return true
    }
    await pause(20)
  }
  return false
}

describe('a tap', () => {
  sourceSuite(
    'a Singer tap',
    async (): Promise<Stage> => ({
      source,
      many: 1100,
      lost: () => source({ command: './gone' }),
      put,
      empty: async () => {
        rows.clear()
        await tap()
      },
      close: async () => {},
    }),
  )

  it('sees only what it is given, and what it says is masked', async () => {
    await tap()
    said.length = 0
    await put([{ id: 'A', date: '2026-05-01', paid: '1' }])
    await pull(source())
    expect(said.join()).toMatch(/since 0 with key \*\*\*\* for \*\*\*@\*\*\*, sees \*\*\*\*, not undefined/)
  })

  it('that fails half way leaves what it printed, and its last words', async () => {
    rows.clear()
    await put(Array.from({ length: 1100 }, (_, at) => ({ id: `V${at}`, date: '2026-05-01', paid: '1' })))
    await tap('crash')
    const stored: { ids: number; cursor: unknown } = { ids: 0, cursor: null }
    const error = (await (async () => {
      for await (const batch of source().pull(null, new AbortController().signal)) {
        stored.ids += batch.records.length
        stored.cursor = batch.cursor
      }
    })().catch((thrown: unknown) => thrown)) as Error
    expect(error.message).toMatch(
      /^shop: .*tap.mjs ended with code 3. Its last words: .*ERROR 401 for \*\*\*\*\.$/,
    )
    expect(stored.ids).toBe(1000)
    await tap()
    // The state speaks of what this configuration reads, not of another account's rows.
    expect((await pull(source({ args: ['--eu'] }), stored.cursor as never)).records).toHaveLength(1100)
    expect((await pull(source(), stored.cursor as never)).records).toHaveLength(100)
  })

  it('that prints nothing, or never ends, is stopped', async () => {
    await tap('silent')
    expect((await failure(source({ timeoutSeconds: 1 }))).message).toMatch(/printed nothing for 1 seconds/)
    expect((await source({ command: 'no-such-tap' }).check()).join()).toMatch(
      /^shop: there is no program no-such-tap\. Install it/,
    )
    await tap('endless')
    const stop = new AbortController()
    for await (const _ of source().pull(null, stop.signal)) stop.abort()
  })

  it('ends with the program that started it', async () => {
    await tap('deaf')
    const stop = new AbortController()
    const pid = join(folder.path, 'pid')
    const wrapped = { command: '/bin/sh', args: ['-c', `"$0" "$@" & echo $! > ${pid}; wait`, TAP] }
    for await (const _ of source(wrapped).pull(null, stop.signal)) stop.abort()
    expect(await isGone(Number(readFileSync(pid, 'utf8')))).toBe(true)
  })

  it('has broken lines put aside, and says in the check what does not fit', async () => {
    rows.clear()
    await tap('garbage')
    await put([{ id: 'A', date: '2026-05-01', paid: '1' }])
    const { records, rejected, batches } = await pull(source())
    expect(records.map(({ sourceId }) => sourceId)).toEqual(['visits/A'])
    expect(rejected.map(({ file, line }) => `${file}:${line}`)).toEqual(['output:4', 'output:5'])
    expect(batches[0]!.begins).toContain('output')

    const misnamed = { ...VISITS, fields: { ...VISITS.fields, amount: 'payd' } }
    expect(await source({ streams: [misnamed] }).check()).toEqual([
      expect.stringMatching(/^shop: the stream visits has no column "payd"; .* Did you mean "paid"\?/),
    ])
    expect(await source({ streams: [{ ...VISITS, stream: 'visit' }] }).check()).toEqual([
      expect.stringMatching(
        /^shop: the tap printed no stream "visit"; it printed: visits, staff\. Did you mean "visits"/,
      ),
    ])
    const catalog = (more: object) => ({ streams: [{ tap_stream_id: 'visits', stream: 'visits', ...more }] })
    await folder.write(
      'off.json',
      JSON.stringify(catalog({ metadata: [{ breadcrumb: [], metadata: { selected: false } }] })),
    )
    await folder.write('broken.json', '{')
    expect((await source({ catalog: 'off.json' }).check()).join()).toMatch(
      /does not select the stream "visits"/,
    )
    expect((await source({ catalog: 'broken.json', config: 'none.json' }).check()).join()).toMatch(
      /there is no config file none\.json; .*shop: the catalog file broken\.json is not valid JSON/,
    )
    expect((await source({ env: ['MISSING'] }).check()).join()).toMatch(/variable MISSING is not set/)
  })
})

it('what is secret is taken out whole, also where one begins with another or has many lines', () => {
  const hide = without(['abcdef', 'abcdef-123456', '-----KEY-----\nMIIEow\n', 'tap'])
  expect(hide('with abcdef-123456, abcdef')).toBe('with ****, ****')
  expect(hide('bad line MIIEow of a tap')).toBe('bad line **** of a tap')
})

it('a line says what the specification means, or why it is none', () => {
  const typeOf = (line: unknown) => {
    const message = messageIn(typeof line === 'string' ? line : JSON.stringify(line))
    return 'reason' in message ? message.reason : message.value.type
  }
  expect(typeOf({ type: 'ACTIVATE_VERSION', stream: 'a' })).toBe('IGNORED')
  expect(typeOf({ type: 'BATCH', stream: 'a' })).toMatch(/BATCH message/)
  expect(typeOf({ type: 'RECORD' })).toMatch(/without its stream/)
  expect(typeOf('[]')).toMatch(/no Singer message/)
  expect(typeOf('{"type"')).toMatch(/not valid JSON/)
})
