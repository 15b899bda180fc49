import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli, type Ended, startCli } from './cli-process.ts'
import { writeCompany } from './main/company-folder.ts'
import { copyEmptyDatabase } from './places.ts'

/** The command line as a user runs it, a process each. Few of them: what verbs print is test/main/verbs.test.ts. */

const base = mkdtempSync(join(tmpdir(), 'foreshock-cli-'))
const folder = join(base, 'company')
const empty = join(base, 'empty')
beforeAll(() => {
  mkdirSync(empty)
  writeCompany(folder)
  copyEmptyDatabase(join(folder, '.foreshock/database'))
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

/** One sentence and its mend on standard error, nothing on standard output, exit code 1, no stack. */
function expectRefused({ code, out, err }: Ended, words: RegExp): void {
  expect(err.trim()).toMatch(words)
  expect(err.trim().split('\n')).toHaveLength(1)
  expect([code, out]).toEqual([1, ''])
}

/** The same as JSON on standard output, and nothing on standard error. */
function expectRefusedJson({ code, out, err }: Ended, expected: object): void {
  expect(JSON.parse(out)).toMatchObject({ error: expected })
  expect(Object.keys(JSON.parse(out).error)).toEqual(['code', 'message', 'hint'])
  expect([code, err]).toEqual([1, ''])
}

describe('a line that cannot be run', () => {
  it('gets help with every verb and option, and the word that was meant', async () => {
    const [help, top, unknown, option, missing] = await Promise.all([
      cli(empty, ['--help']),
      cli(empty, ['top', '--help']),
      cli(empty, ['tpo', '20']),
      cli(empty, ['pull', '--jsno', '--json']),
      cli(empty, ['person', 'erase']),
    ])
    expect(help.code).toBe(0)
    for (const verb of ['start', 'demo', 'migrate', 'pull', 'score', 'top', 'learn', 'doctor']) {
      expect(help.out).toContain(`  ${verb} `)
    }
    expect(top).toMatchObject({ code: 0, err: '' })
    for (const each of ['--config <file>', '--json', '--help', '[words...]']) expect(top.out).toContain(each)
    expectRefused(unknown, /^Unknown command 'tpo'\. Did you mean top\?$/)
    expectRefused(
      missing,
      /^Missing required argument 'person'\. Run `foreshock person erase --help` to see what there is\.$/,
    )
    const message = "Unknown option '--jsno'."
    expectRefusedJson(option, { code: 'BAD_INPUT', message, hint: 'Did you mean --json?' })
  })

  it('is told in one sentence what is missing', async () => {
    expectRefused(
      await cli(empty, ['pull']),
      /^There is no foreshock\.yaml in .*\/empty\. Name one with --config; the demo company's is .* has run\.$/,
    )
  })
})

describe('a running program', () => {
  it('holds its folder alone, gives it back within five seconds of SIGTERM, and respects a busy port', async () => {
    const running = startCli(folder, ['start'], { FORESHOCK_PORT: '0' })
    const [, address] = await running.said(/Console: (http:\/\/127\.0\.0\.1:\d+)/)
    expect(await (await fetch(`${address}/healthz`)).json()).toEqual({ status: 'alive' })
    await running.said(/Ready\./)

    expectRefused(
      await cli(folder, ['pull']),
      /^The data folder .* is in use by process \d+\. Stop that process first, or give this one/,
    )

    const ended = await running.stop('SIGTERM')
    expect(ended).toMatchObject({ code: 0, out: '' })
    expect(ended.ms).toBeLessThan(5_000)
    expect(ended.err).toContain('Stopping…')
    expect(ended.err).not.toMatch(/"level":50|\.ts:\d+/)

    // It pulled and scored at once when it started; its folder is free again.
    const top = await cli(folder, ['top', '5', '--json'])
    expect(top).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(top.out)).toMatchObject({
      rows: [{ customer: { name: '王芳' }, assessment: { tier: 'P0' } }],
    })

    const server = createServer()
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    )
    const busy = await cli(folder, ['start'], { FORESHOCK_PORT: String(port) })
    server.close()
    expectRefused(
      busy,
      new RegExp(`^Port ${port} is in use by another program\\. Stop it, or set FORESHOCK_PORT`),
    )
  })
})
