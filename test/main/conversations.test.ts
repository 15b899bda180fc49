import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { commands } from '../../commands/index.ts'
import { jobs } from '../../jobs/index.ts'
import type { Action, Verb } from '../../src/alerts/alert.ts'
import { DAY } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { dispatch } from '../../src/dispatch.ts'
import { openLog } from '../../src/log.ts'
import { spokenIn } from '../../src/main/conversations.ts'
import { type Demo, openDemo } from '../../src/main/demo.ts'
import { type Foreshock, openForeshock } from '../../src/main.ts'
import { onePlace, type TestPlace } from '../places.ts'

const SIZE = { customers: 100, seed: '9' }

describe('the demo’s customers and the people at the console', () => {
  const folders: string[] = []
  const folderOf = () => {
    folders.push(mkdtempSync(join(tmpdir(), 'foreshock-demo-')))
    return folders.at(-1)!
  }
  const own = folderOf()
  let demo: Demo
  let empty: Awaited<ReturnType<TestPlace['place']>>
  let program: Foreshock

  beforeAll(async () => {
    demo = openDemo({ ...SIZE, folder: own, fresh: true })
    const config = readConfig(demo.configFile, {})
    empty = await onePlace[0]!.place()
    const { place } = empty
    program = await openForeshock({ config, log: openLog('silent'), clock: demo.clock, place })
    demo.listen(program.ctx)
    await demo.writeFiles(() => {})
    for (const name of ['pull', 'score'])
      await jobs.find((job) => job.name === name)!.run(program.ctx, new AbortController().signal)
  })
  afterAll(async () => {
    await program.close()
    await empty.drop()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  async function speakWithEveryone(): Promise<number> {
    const { ctx } = program
    const by = ctx.people.all.find(({ role }) => role === 'admin')!
    const alerts = await ctx.store.alerts.list({ states: ['open'] })
    for (const { no } of alerts) {
      const asking = { by, via: { chat: 'console', channel: 'alerts' }, words: `A-${no}`, form: null }
      await dispatch(ctx, commands, { ...asking, id: `claim-${no}`, command: 'claim' })
      await dispatch(ctx, commands, { ...asking, id: `call-${no}`, command: 'contacted' })
    }
    return alerts.length
  }

  it('those who are called react, and do so again after a restart', async () => {
    // The same company as it goes on when nobody is called.
    const alone = folderOf()
    cpSync(own, alone, { recursive: true })
    expect(await speakWithEveryone()).toBeGreaterThan(3)
    for (let day = 0; day < 20; day += 1) {
      demo.clock.advance(DAY)
      await demo.writeFiles(() => {})
    }
    const lived = rowsIn(own)

    const uncalled = openDemo({ ...SIZE, folder: alone, fresh: false })
    uncalled.clock.advance(20 * DAY)
    await uncalled.writeFiles(() => {})
    expect(rowsIn(alone)).not.toEqual(lived)

    const again = folderOf()
    cpSync(join(own, 'clock.json'), join(again, 'clock.json'))
    const restarted = openDemo({ ...SIZE, folder: again, fresh: false })
    restarted.listen(program.ctx)
    await restarted.writeFiles(() => {})
    expect(rowsIn(again)).toEqual(lived)
  })
})

/** What customers said and when they came, whichever file it stands in. */
function rowsIn(folder: string): string[] {
  const lines = ['feedback', 'visits', 'app'].flatMap((system) => {
    const at = join(folder, 'exports', system)
    return readdirSync(at).flatMap((file) => {
      const bytes = readFileSync(join(at, file))
      return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().split(/\r?\n/)
    })
  })
  return [...new Set(lines)].filter((line) => /[VLF]26060[2-9]-|[VLF]26061|[VLF]26062/.test(line)).sort()
}

describe('what a case’s history tells of conversations', () => {
  const act = (verb: Verb | 'open', daysLater: number): Action => ({
    id: `${verb}-${daysLater}`,
    alert: 'a',
    at: new Date(Date.parse('2026-06-03T10:00:00+08:00') + daysLater * DAY),
    by: 'lin',
    verb,
    from: null,
    to: 'open',
    via: 'console/alerts',
    note: '',
    detail: {},
  })
  const days = (...actions: Action[]) => spokenIn(actions, '100').map(({ day }) => day - 1098)

  test('every "contacted" is one, on its own day', () => {
    expect(days(act('open', 0), act('claim', 0), act('contacted', 1), act('contacted', 4))).toEqual([1, 4])
  })

  test('an outcome is one where nobody was marked as contacted, and only the first', () => {
    expect(days(act('open', 0), act('retained', 2), act('resolve', 9))).toEqual([2])
    expect(days(act('contacted', 1), act('retained', 2))).toEqual([1])
  })

  test('claiming, waiting and "not a risk" are none', () => {
    expect(days(act('open', 0), act('claim', 0), act('snooze', 1), act('dismiss', 2))).toEqual([])
  })
})
