import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Card, CardTexts } from '../../src/chat/card.ts'
import { judge } from './judge.ts'
import type { Remains } from './live.ts'
import { openPlatform } from './platform.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foreshock-judge-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function card(no: number, says: string): CardTexts {
  const one: Card = {
    accent: 'P0',
    title: `王** · C-${no}`,
    subtitle: `A-${no}`,
    blocks: [],
    buttons: [],
    fallback: says,
  }
  return { zh: one, en: one }
}

/** A run whose one case has this number, with rows and answers as given. */
function run(name: string, no: number, rows: readonly string[], answer = `A-${no} is yours.`): Remains {
  const dump = join(folder, name)
  mkdirSync(dump)
  writeFileSync(join(dump, 'alert.txt'), `${rows.join('\n')}\n`)
  const one = { key: 'ann#1', customer: 'ann', no, customerNo: no, state: 'open', owner: null, cards: [] }
  const answers = new Map([['click-1', answer]])
  return { platform: openPlatform(), board: [one], dump, answers, clicksResent: 0, kills: [] }
}

function shows(run: Remains, no: number, key: string, says = 'open'): string {
  return run.platform.receive({ do: 'post', channel: 'alerts', card: card(no, says), key })
}

const GOOD = {
  cards: 1,
  cardsTwice: 0,
  cardsLost: 0,
  cardsWrong: 0,
  linesTwice: 0,
  linesLost: 0,
  answersOther: 0,
  tables: [],
}

test('numbers that a killed transaction used up make no difference', () => {
  const [calm, tortured] = [run('calm', 1001, ['a', 'b']), run('tortured', 1034, ['a', 'b'])]
  shows(calm, 1001, 'k')
  shows(tortured, 1034, 'k')
  expect(judge(calm, tortured)).toMatchObject({ ...GOOD, rows: 2 })
})

test('the same key again shows nothing new and is counted; another key is a second card', () => {
  const [calm, tortured] = [run('calm', 1, ['a']), run('tortured', 1, ['a'])]
  shows(calm, 1, 'k')
  expect(shows(tortured, 1, 'k')).toBe(shows(tortured, 1, 'k'))
  expect(tortured.platform.resent()).toBe(1)
  expect(judge(calm, tortured)).toMatchObject(GOOD)
  shows(tortured, 1, 'another')
  expect(judge(calm, tortured)).toMatchObject({ ...GOOD, cardsTwice: 1 })
})

test('a card that is missing, and one that shows what is no longer so', () => {
  const [calm, silent, stale] = [run('calm', 1, ['a']), run('silent', 1, ['a']), run('stale', 1, ['a'])]
  const message = shows(calm, 1, 'k')
  calm.platform.receive({ do: 'update', message, card: card(1, 'claimed') })
  shows(stale, 1, 'k')
  expect(judge(calm, silent)).toMatchObject({ ...GOOD, cardsLost: 1, cardsWrong: 1 })
  expect(judge(calm, stale)).toMatchObject({ ...GOOD, cardsWrong: 1 })
})

test('lines of a thread are counted', () => {
  const [calm, tortured] = [run('calm', 1, ['a']), run('tortured', 1, ['a'])]
  for (const one of [calm, tortured]) shows(one, 1, 'k')
  calm.platform.receive({ do: 'reply', message: 'm1', card: card(1, 'Ana took it.'), key: 'line-1' })
  expect(judge(calm, tortured)).toMatchObject({ ...GOOD, linesLost: 1 })
  expect(judge(tortured, calm)).toMatchObject({ ...GOOD, linesTwice: 1 })
})

test('rows and answers that differ are named', () => {
  const [calm, tortured] = [
    run('calm', 1, ['a', 'a', 'b']),
    run('tortured', 1, ['a', 'b', 'c'], 'A-1 is not yours.'),
  ]
  for (const one of [calm, tortured]) shows(one, 1, 'k')
  const tables = [{ table: 'alert', lines: ['- a', '+ c'], rows: 3 }]
  expect(judge(calm, tortured)).toMatchObject({ ...GOOD, answersOther: 1, tables })
})
