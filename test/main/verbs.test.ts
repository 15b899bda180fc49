import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { run, type Verb } from '../../src/main/verbs.ts'
import { writeCompany } from './company-folder.ts'

/** What each verb prints and how it ends, in words and as JSON; test/cli.test.ts runs some of them as processes. */
describe('verbs on a company’s folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-verbs-'))
  beforeAll(() => writeCompany(folder))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  beforeEach(
    () =>
      void vi.stubEnv('FORESHOCK_LOG', 'error').stubEnv('FORESHOCK_PORT', '0').stubEnv('DATABASE_URL', ''),
  )
  afterEach(() => vi.unstubAllEnvs())

  async function ended(
    verb: Verb,
    words: readonly string[] = [],
    {
      json = false,
      config = 'foreshock.yaml',
      ...more
    }: { json?: boolean; config?: string; model?: string } = {},
  ) {
    const seen = { out: '', err: '' }
    const keep = (stream: 'out' | 'err') => (chunk: unknown) => {
      seen[stream] += String(chunk)
      return true
    }
    const spies = [
      vi.spyOn(process.stdout, 'write').mockImplementation(keep('out')),
      vi.spyOn(process.stderr, 'write').mockImplementation(keep('err')),
    ]
    const before = process.exitCode
    try {
      await run(verb, { config: join(folder, config), json, words, ...more })
      return { code: process.exitCode ?? 0, ...seen }
    } finally {
      process.exitCode = before
      for (const spy of spies) spy.mockRestore()
    }
  }
  const asJson = async (verb: Verb, words: readonly string[] = [], config = 'foreshock.yaml') => {
    const { code, out, err } = await ended(verb, words, { json: true, config })
    expect(err).toBe('')
    return { code, data: JSON.parse(out) }
  }

  it('migrate says what it applied, then that there is nothing to do', async () => {
    expect(await ended('migrate')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Applied: \S+.*\.\n$/),
      err: '',
    })
    expect(await asJson('migrate')).toEqual({ code: 0, data: { applied: [] } })
  })

  it('says in one sentence what is wrong with a configuration or the environment', async () => {
    const hint = expect.stringContaining('--config')
    expect(await asJson('score', [], 'gone.yaml')).toEqual({
      code: 1,
      data: { error: { code: 'CONFIG_MISSING', message: expect.stringContaining('gone.yaml'), hint } },
    })
    expect(await ended('doctor', [], { config: 'fault.yaml' })).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /fault\.yaml has a fault: line 19: server: unknown key "prot"\. Did you mean "port"\? Mend the file.*\n$/,
      ),
    })
    vi.stubEnv('FORESHOCK_LOG', 'debgu')
    expect(await ended('top')).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /^FORESHOCK_LOG "debgu" is not a log level\. Use one of .* Did you mean "debug"\?\n$/,
      ),
    })
  })

  it('top before the first scoring is refused, in words and as JSON', async () => {
    expect(await ended('top')).toEqual({
      code: 1,
      out: '',
      err: 'Nobody has been scored yet, so there is no ranking. Wait for the first scoring, or run `foreshock score`.\n',
    })
    expect(await asJson('top')).toEqual({
      code: 1,
      data: { error: { code: 'CONFLICT', message: expect.any(String), hint: expect.any(String) } },
    })
  })

  it('pull counts by source, shows what is in quarantine, and the second time changes nothing', async () => {
    const { code, out, err } = await ended('pull')
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^crm: 2 new, 0 changed, 0 unchanged, 0 removed, 1 quarantined\nfeedback: 1 new,/)
    expect(out).toMatch(/In quarantine:\n {2}crm\/customers\.csv:4 .*half/)
    expect(out).toMatch(/Data quality:\n {2}note {2}Transactions complete: no data yet\.\n/)
    expect(out).toMatch(/ {2}ok {4}Interactions accurate: 100% \(target above 90%\)\./)
    expect(out).toMatch(/The newest record is \d+ hours old \(target under 24\)/)
    expect(await asJson('pull')).toMatchObject({
      code: 0,
      data: {
        quarantined: 1,
        sources: [{ source: 'crm', created: 0, changed: 0, failure: null }, { created: 0 }],
      },
    })
    expect((await ended('search', ['退款'])).out).toContain('我要退款')
  })

  it('score judges everyone and opens a case once', async () => {
    expect(await asJson('score')).toMatchObject({
      code: 0,
      data: { seen: 2, failed: 0, more: { opened: 1 } },
    })
    expect(await ended('score')).toEqual({ code: 0, out: 'Judged 2 customers, opened 0 cases.\n', err: '' })
  })

  it('top ranks, in columns and as data', async () => {
    const { code, out } = await ended('top', ['5'])
    expect(code).toBe(0)
    expect(out).toMatch(/P0 +C-1 王芳 .* A-1001$/m)
    expect(await asJson('top', ['5', 'P0'])).toMatchObject({
      code: 0,
      data: {
        total: 1,
        rows: [{ rank: 1, customer: { name: '王芳' }, assessment: { tier: 'P0' }, alert: { no: 1001 } }],
      },
    })
    expect(await ended('top', ['-1'])).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^A list of -1 customers is not possible\. Give a number/),
    })
  })

  it('review looks back on playbooks and on churn, as the chat does', async () => {
    expect((await ended('review')).out).toMatch(/^Playbook review\n.*\bcase/)
    expect(await asJson('review', ['2026-Q1'])).toMatchObject({
      code: 0,
      data: { review: { cases: 0 }, currency: 'CNY' },
    })
    expect((await ended('review', ['churn'])).out).toMatch(/^Churn and return review\n/)
    expect(await ended('review', ['churm'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('review does not know "churm"'),
    })
  })

  it.each<[Verb, string[], RegExp]>([
    ['promote', ['M-99'], /^There is no model M-99\. `foreshock models` lists them\.$/],
    ['evaluate', ['M-99'], /^There is no model M-99.* `foreshock models` lists them\.$/],
    ['export', ['M-99'], /^There is no model M-99\. `foreshock models` lists them\.$/],
    ['promote', ['model'], /^"model" is not a model's number\. .*`foreshock models` lists them\.$/],
    ['review', ['churm'], /^review does not know "churm"\. Write it like this: foreshock review \[/],
    ['roi', ['losses'], /^roi does not know "losses"\. Write it like this: foreshock roi \[/],
    ['top', ['by', 'xyzzy'], /^Customers cannot be grouped by "xyzzy"\. .*`foreshock top by store`\.$/],
    ['search', [], /^Search for what\? Write it like this: foreshock search refund/],
  ])('%s %j is refused with what to write on the command line', async (verb, words, said) => {
    const { code, out, err } = await ended(verb, words, { model: words[0] ?? '' })
    expect([code, out]).toEqual([1, ''])
    expect(err.trim()).toMatch(said)
    expect(err).not.toMatch(/\bType [a-z]/)
    const told = await ended(verb, words, { json: true, model: words[0] ?? '' })
    const { message, hint } = JSON.parse(told.out).error
    expect(`${message} ${hint}`).toBe(err.trim())
  })

  it('a column that a file does not have fails that source alone, with the one that was meant', async () => {
    const { code, data } = await asJson('pull', [], 'column.yaml')
    expect(code).toBe(1)
    expect(data.sources).toMatchObject([
      { source: 'crm', failure: expect.stringMatching(/nmae.*Did you mean "name"\?/) },
      { source: 'feedback', failure: null },
    ])
    const words = await ended('doctor', [], { config: 'column.yaml' })
    expect(words.out).toMatch(/^FAIL {2}source crm: .*nmae.*Did you mean "name"\?/m)
  })

  it('doctor says what is wrong with rows, schedule, channels and port, each with its mend', async () => {
    await ended('pull')
    const { code, data } = await asJson('doctor')
    // A few rows that cannot be used stop nothing, nor does data that is not as whole as it might be.
    expect([code, data.ok]).toEqual([0, true])
    const notes = data.findings.filter((each: { note?: true }) => each.note === true)
    expect(notes[0]).toMatchObject({
      about: 'source crm',
      detail: expect.stringMatching(/line 4: ltv "half"/),
    })
    expect(notes.map(({ about }: { about: string }) => about)).toContain('data quality')
    const server = createServer()
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    )
    vi.stubEnv('FORESHOCK_PORT', String(port))
    const { out } = await ended('doctor', [], { config: 'schedule.yaml' })
    server.close()
    expect(out).toMatch(
      /^FAIL {2}schedule: The schedule "daily" of score is not a cron line: .*"0 6 \* \* \*"/m,
    )
    expect(out).toMatch(/^FAIL {2}channels: no channel shows P1, P2: add them to the tiers of a channel$/m)
    expect(out).toMatch(
      new RegExp(
        `^FAIL {2}port ${port} on 127\\.0\\.0\\.1: in use, perhaps by Foreshock itself; else set`,
        'm',
      ),
    )
    expect(out).toMatch(/^ok {4}database: 2 customers$/m)
  })

  it('doctor is content once everything is mended', async () => {
    writeFileSync(
      join(folder, 'customers.csv'),
      'id,name,tier,ltv,owner\nK1,王芳,high,186000,lin\nK2,李雷,low,9000,lin\n',
    )
    await ended('pull')
    expect(await asJson('doctor')).toMatchObject({ code: 0, data: { ok: true } })
  })
})
