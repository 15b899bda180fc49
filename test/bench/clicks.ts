import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startCli } from '../cli-process.ts'
import { type Figure, type Findings, figure, type Options } from '../figures.ts'
import { postgresServer } from '../postgres-server.ts'
import { type Arenas, embedded, onServer } from '../torture/databases.ts'
import { PRESSERS, writeCompany } from './company.ts'
import { openLoop, share, type Waited } from './open-loop.ts'
import { openPage, type Page } from './page.ts'
import { type Due, type Load, pressesOf } from './presses.ts'
import { slackClicksOn } from './slack-clicks.ts'

export const WHOLE: Load = { customers: 600, aSecond: 200, seconds: 30 }
export const SHORT: Load = { customers: 24, aSecond: 40, seconds: 2 }

/**
 * 200 clicks a second on the running console, by six people on six hundred cases: how long each waits for its answer,
 * counted from when it was due, however slow the ones before it were.
 */
export async function clicks({ quick }: Options): Promise<Findings> {
  const load = quick ? SHORT : WHOLE
  const figures = [figure('clicks.machine_load', loadavg()[0]!, 'processes')]
  figures.push(...(await clicksOn('pglite', embedded, load)))
  const server = await postgresServer()
  if (typeof server === 'string') return { figures, missing: [server] }
  try {
    figures.push(...(await clicksOn('postgres', onServer(server.url), load)))
    figures.push(...(await slackClicksOn(onServer(server.url), quick ? SHORT : { ...WHOLE, seconds: 60 })))
    return { figures }
  } finally {
    await server.stop()
  }
}

/** Starts the program as `foreshock start` does and presses; this process, which measures, is another one. */
export async function clicksOn(name: string, arenas: Arenas, load: Load): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-clicks-'))
  const { place, drop } = await arenas()
  const config = writeCompany(folder, load.customers)
  const database: Record<string, string> = place.kind === 'server' ? { DATABASE_URL: place.url } : {}
  const program = startCli(folder, ['start', '--config', config], { FORESHOCK_PORT: '0', ...database })
  const pages: Page[] = []
  try {
    await program.said(/Ready\. The cards are at/)
    const [, url] = await program.said(/Console: (http:\/\/[^/\s]+)/)
    for (const person of PRESSERS) pages.push(await openPage(url!, person))
    const seen = await measure(pages, load)
    return figuresOf(`clicks.${name}`, seen)
  } finally {
    for (const page of pages) page.close()
    await program.stop('SIGTERM')
    await drop()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Seen extends Waited {
  /** From the last click until the last card was right on an open page. Milliseconds. */
  readonly settledMs: number
}

async function measure(pages: readonly Page[], load: Load): Promise<Seen> {
  let lastEdit = performance.now()
  for (const page of pages)
    await page.listen(() => {
      lastEdit = performance.now()
    })
  const cards = await pages[0]!.cards('alerts')
  const presses = pressesOf(cards.length, load.aSecond, load.seconds)
  const { waits, errors } = await pressAll(pages, cards, presses)
  const end = performance.now()
  while (performance.now() - Math.max(lastEdit, end) < QUIET_MS) await pause(50)
  return { waits, errors, settledMs: Math.max(0, lastEdit - end) }
}

/** So long without an edit, and every card is taken to be right. */
const QUIET_MS = 2_500

/** Presses on the pages of those whose presses they are. */
function pressAll(
  pages: readonly Page[],
  cards: readonly string[],
  presses: readonly Due[],
): Promise<Waited> {
  return openLoop(presses, async ({ person, card, command, form, request }) => {
    const page = pages[PRESSERS.indexOf(person as (typeof PRESSERS)[number])]!
    const status = await page.press({ message: cards[card]!, command, args: '', form, request })
    return status === 200
  })
}

function figuresOf(id: string, { waits, errors, settledMs }: Seen): Figure[] {
  return [
    figure(`${id}.sent`, waits.length, 'clicks'),
    figure(`${id}.errors`, errors, 'clicks', '=0'),
    figure(`${id}.ack_p50_ms`, share(waits, 0.5), 'ms'),
    figure(`${id}.ack_p99_ms`, share(waits, 0.99), 'ms', '<500'),
    figure(`${id}.ack_max_ms`, share(waits, 1), 'ms'),
    figure(`${id}.cards_right_after_s`, settledMs / 1_000, 's'),
  ]
}
