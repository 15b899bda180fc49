import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commands } from '../commands/index.ts'
import { splitLine } from '../src/dispatch.ts'

describe('a typed line', () => {
  it.each([
    ['top 20', 'top', '20'],
    ['/churn top 20', 'top', '20'],
    ['churn  top  20', 'top', '20'],
    ['  /top 20 ', 'top', '20'],
    ['/CHURN TOP', 'top', ''],
    ['ｔｏｐ　20', 'top', '20'],
    ['／churn top', 'top', ''],
    ['／ｃｈｕｒｎ　ｔｏｐ', 'top', ''],
    ['/ top', 'top', ''],
    ['', 'help', ''],
    ['/', 'help', ''],
    ['/churn', 'help', ''],
    ['churnish 1', 'churnish', '1'],
    ['dismiss A-1 每年  出国\n秋天回', 'dismiss', 'A-1 每年  出国\n秋天回'],
  ])('%j is %s with %j', (line, command, words) => {
    expect(splitLine(line)).toEqual({ command, words })
  })

  it('always names something, and keeps the words as they were written', () => {
    const name = fc.constantFrom(...commands.map((command) => command.name))
    const lead = fc.constantFrom('', '/', '/churn ', 'churn ', '  ', '／')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), name, lead, (words, command, before) => {
        expect(splitLine(words).command).not.toBe('')
        expect(splitLine(`${before}${command} ${words}`)).toEqual({ command, words: words.trim() })
      }),
    )
  })
})
