import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Remains } from './live.ts'

/** How a tortured run differs from an undisturbed one of the same story. All counts; 0 is as it should be. */
export interface Verdict {
  /** Tables whose rows differ, with the first few lines that do. */
  readonly tables: readonly { readonly table: string; readonly lines: readonly string[] }[]
  readonly rows: number
  readonly cards: number
  /** A case's card that stands in the same channel more than once. */
  readonly cardsTwice: number
  /** A case's card that the undisturbed run shows and this one does not. */
  readonly cardsLost: number
  /** Cards that at the end do not show what the undisturbed run shows. */
  readonly cardsWrong: number
  readonly linesTwice: number
  readonly linesLost: number
  /** Requests with another answer. */
  readonly answersOther: number
}

export function judge(calm: Remains, tortured: Remains): Verdict {
  const wanted = cardsOf(calm)
  const found = cardsOf(tortured)
  const wantedLines = linesOf(calm)
  const foundLines = linesOf(tortured)
  const names = [...new Set([...readdirSync(calm.dump), ...readdirSync(tortured.dump)])].sort()
  const tables = names.map((file) => compare(file, calm.dump, tortured.dump))
  const answers = namesIn(calm)
  const others = namesIn(tortured)
  return {
    tables: tables.filter(({ lines }) => lines.length > 0),
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    cards: wanted.size,
    cardsTwice: sum([...found.values()].map((shown) => shown.length - 1)),
    cardsLost: [...wanted.keys()].filter((card) => !found.has(card)).length,
    cardsWrong: [...wanted].filter(([card, shown]) => found.get(card)?.at(-1) !== shown.at(-1)).length,
    linesTwice: sum(
      [...foundLines].map(([line, times]) => Math.max(0, times - (wantedLines.get(line) ?? 0))),
    ),
    linesLost: sum([...wantedLines].map(([line, times]) => Math.max(0, times - (foundLines.get(line) ?? 0)))),
    answersOther: [...calm.answers].filter(
      ([request, said]) => others(tortured.answers.get(request) ?? '') !== answers(said),
    ).length,
  }
}

/** What stands in each channel of each case, judged by what the cards say and not by the database's word. */
function cardsOf(run: Remains): Map<string, string[]> {
  const rename = namesIn(run)
  const cards = new Map<string, string[]>()
  for (const { channel, card } of run.platform.shown) {
    const says = rename(JSON.stringify(card))
    const key = `${channel} ${caseIn(says)}`
    cards.set(key, [...(cards.get(key) ?? []), says])
  }
  return cards
}

function caseIn(says: string): string {
  const found = /case<[^>]*>/.exec(says)
  if (found === null) throw new Error(`a card names no case: ${says}`)
  return found[0]
}

function linesOf(run: Remains): Map<string, number> {
  const rename = namesIn(run)
  const heads = new Map(run.platform.shown.map((head) => [head.message, head]))
  const lines = new Map<string, number>()
  for (const { under, card } of run.platform.lines) {
    const head = heads.get(under)!
    const line = `${head.channel} ${caseIn(rename(JSON.stringify(head.card)))} ${rename(JSON.stringify(card))}`
    lines.set(line, (lines.get(line) ?? 0) + 1)
  }
  return lines
}

/** Puts names that every run shares in place of case and customer numbers. */
function namesIn({ board }: Remains): (words: string) => string {
  const cases = new Map(board.map(({ no, key }) => [String(no), key]))
  const customers = new Map(board.map(({ customerNo, customer }) => [String(customerNo), customer]))
  return (words) =>
    words
      .replace(/\bA-(\d+)/g, (said, no: string) => (cases.has(no) ? `case<${cases.get(no)}>` : said))
      .replace(/\bC-(\d+)/g, (said, no: string) =>
        customers.has(no) ? `customer<${customers.get(no)}>` : said,
      )
}

const SAID = 3

function compare(
  file: string,
  calm: string,
  tortured: string,
): { table: string; rows: number; lines: string[] } {
  const read = (folder: string): string[] => {
    try {
      return readFileSync(join(folder, file), 'utf8').trimEnd().split('\n')
    } catch {
      return []
    }
  }
  const [wanted, found] = [read(calm), read(tortured)]
  const missing = without(wanted, found).map((line) => `- ${line}`)
  const surplus = without(found, wanted).map((line) => `+ ${line}`)
  const lines = [...missing.slice(0, SAID), ...surplus.slice(0, SAID)]
  return { table: file.replace('.txt', ''), rows: wanted.length, lines }
}

/** Lines of one that the other has fewer of. */
function without(one: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>()
  for (const line of other) left.set(line, (left.get(line) ?? 0) + 1)
  return one.filter((line) => {
    const count = left.get(line) ?? 0
    left.set(line, count - 1)
    return count <= 0
  })
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
