import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { DEMO_START } from '../../src/demo/calendar.ts'
import { demoConfig } from '../../src/demo/config.ts'
import { openDemo } from '../../src/main/demo.ts'

describe('the demo’s folder', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'foreshock-demo-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const open = (fresh = false, at = folder) => openDemo({ folder: at, fresh, customers: 100 })

  it('is made with a configuration and a clock at the first day, and goes on where it stopped', () => {
    const first = open(false, join(folder, 'a', 'b'))
    expect(first.clock.now()).toEqual(DEMO_START)
    first.clock.advance(3 * DAY)
    const again = open(false, join(folder, 'a', 'b'))
    expect(again.clock.now().getTime()).toBe(DEMO_START.getTime() + 3 * DAY)
    expect(readFileSync(again.configFile, 'utf8')).toBe(demoConfig('./exports'))
  })

  it('begun again loses the days, and nothing that is not the demo’s', () => {
    open().clock.advance(DAY)
    mkdirSync(join(folder, 'exports'))
    writeFileSync(join(folder, 'exports', 'old.csv'), 'x')
    writeFileSync(join(folder, 'thesis.docx'), 'years of work')
    expect(open(true).clock.now()).toEqual(DEMO_START)
    expect(existsSync(join(folder, 'exports', 'old.csv'))).toBe(false)
    expect(readFileSync(join(folder, 'thesis.docx'), 'utf8')).toBe('years of work')
  })

  it('is never a company’s own folder', () => {
    const own = 'company: { name: Ours }\n'
    writeFileSync(join(folder, 'foreshock.yaml'), own)
    for (const fresh of [false, true]) {
      expect(() => open(fresh)).toThrow(`${folder} holds a configuration that is not the demo's.`)
    }
    expect(readFileSync(join(folder, 'foreshock.yaml'), 'utf8')).toBe(own)
  })

  it.each(['', '{', '{"now":"soon"}', '[]', 'null'])(
    'with a clock that says %j asks to begin again',
    (text) => {
      open()
      writeFileSync(join(folder, 'clock.json'), text)
      expect(() => open()).toThrow('clock.json no longer says what time it is in the demo.')
      expect(open(true).clock.now()).toEqual(DEMO_START)
    },
  )
})
