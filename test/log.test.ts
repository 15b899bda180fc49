import { describe, expect, it } from 'vitest'
import { correlated, openLog } from '../src/log.ts'

function logInto(): {
  log: ReturnType<typeof openLog>
  lines: () => Record<string, unknown>[]
  raw: () => string
} {
  let written = ''
  const log = openLog('info', { write: (line: string) => (written += line) })
  return {
    log,
    raw: () => written,
    lines: () =>
      written
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
  }
}

describe('the log', () => {
  it('keeps secrets and personal data out by their name, at the top and one level down', () => {
    const { log, raw, lines } = logInto()
    const secret = 'hunter2-王芳-13800000000'
    const fields = { token: secret, phone: secret, name: secret, text: secret, url: secret, password: secret }
    log.info({ ...fields, customer: fields, no: 318 }, 'a line')
    expect(raw()).not.toContain(secret)
    expect(lines()[0]).toMatchObject({
      no: 318,
      token: '[redacted]',
      customer: { phone: '[redacted]' },
      msg: 'a line',
    })
  })

  it('carries the same id through everything one click or run causes, and not beyond', async () => {
    const { log, lines } = logInto()
    const work = (id: string) =>
      correlated(id, async () => {
        log.info('begun')
        await new Promise(setImmediate)
        log.info('done')
      })
    await Promise.all([work('one'), work('two')])
    log.info('after')
    expect(lines().map(({ id, msg }) => [id, msg])).toEqual([
      ['one', 'begun'],
      ['two', 'begun'],
      ['one', 'done'],
      ['two', 'done'],
      [undefined, 'after'],
    ])
  })

  it('writes errors with their reason and below its level nothing', () => {
    const { log, lines } = logInto()
    log.debug('not this')
    log.error({ error: new Error('the disk is full') }, 'failed')
    expect(lines()).toMatchObject([{ msg: 'failed', error: { message: 'the disk is full' } }])
  })

  it('names the levels when asked for one it does not have', () => {
    expect(() => openLog('inof')).toThrow('FORESHOCK_LOG "inof" is not a log level.')
    expect(openLog('silent').level).toBe('silent')
  })
})
