import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Figure, type Findings, figure, type Options } from '../figures.ts'
import { postgresServer } from '../postgres-server.ts'
import { type Arenas, embedded, onServer } from './databases.ts'
import { judge, type Verdict } from './judge.ts'
import { live, type Remains } from './live.ts'
import { type Story, writeInputs } from './story.ts'

/** How much torture. */
export interface Ordeal {
  readonly story: Story
  readonly kills: number
}

export const whole = (seed: string): Ordeal => ({
  story: { seed, days: 5, customers: 150, angry: [24, 10] },
  kills: 40,
})
export const short = (seed: string): Ordeal => ({
  story: { seed, days: 1, customers: 100, angry: [8, 0] },
  kills: 2,
})

/** Of all kills, at least this share should hit an open transaction. */
const CAUGHT = 1 / 8

/**
 * kill -9 in the middle of pulls, scoring, delivery and clicks, on both databases: afterwards the rows, and what people
 * saw in the chat, must be those of a run that nobody disturbed.
 */
export async function restart({ quick, seed }: Options): Promise<Findings> {
  const ordeal = quick ? short(seed) : whole(seed)
  const server = await postgresServer()
  try {
    const places: [string, Arenas][] = [['pglite', embedded]]
    if (typeof server !== 'string') places.push(['postgres', onServer(server.url)])
    const outcomes = await Promise.all(places.map(([name, arenas]) => torture(name, arenas, ordeal)))
    const caught = outcomes.reduce((sum, { caught }) => sum + caught, 0)
    const least = Math.floor(2 * ordeal.kills * CAUGHT)
    return {
      figures: [
        ...outcomes.flatMap(({ figures }) => figures),
        figure('restart.midTransaction', caught, 'kills', `>=${least}`),
      ],
      missing: typeof server === 'string' ? [server] : [],
    }
  } finally {
    if (typeof server !== 'string') await server.stop()
  }
}

/** Lives the story twice on one kind of database, in peace and under torture, and compares. */
export async function torture(
  name: string,
  arenas: Arenas,
  { story, kills }: Ordeal,
): Promise<{ figures: Figure[]; caught: number }> {
  const start = performance.now()
  const root = mkdtempSync(join(tmpdir(), 'foreshock-torture-'))
  const inputs = join(root, 'inputs')
  const run = async (folder: string, times: number): Promise<Remains> => {
    const { place, eyes, drop } = await arenas()
    try {
      return await live({ story, inputs, folder: join(root, folder), place, eyes, kills: times })
    } finally {
      await drop()
    }
  }
  try {
    await writeInputs(story, inputs)
    const calm = await run('calm', 0)
    const tortured = await run('tortured', kills)
    const verdict = judge(calm, tortured)
    tell(name, verdict)
    const seconds = (performance.now() - start) / 1000
    return {
      figures: figuresOf(`restart.${name}`, tortured, verdict, kills, seconds),
      caught: caught(tortured),
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

function caught({ kills }: Remains): number {
  return kills.filter(({ inTransaction }) => inTransaction).length
}

function figuresOf(id: string, run: Remains, verdict: Verdict, kills: number, seconds: number): Figure[] {
  return [
    figure(`${id}.kills`, run.kills.length, 'kills', `=${kills}`),
    figure(`${id}.midTransaction`, caught(run), 'kills'),
    figure(`${id}.idle`, run.kills.filter(({ idle }) => idle).length, 'kills'),
    figure(`${id}.digests_equal`, verdict.tables.length === 0 ? 1 : 0, 'yes=1', '=1'),
    figure(`${id}.rows`, verdict.rows, 'rows'),
    figure(`${id}.cards`, verdict.cards, 'cards'),
    figure(`${id}.cards_twice`, verdict.cardsTwice, 'cards', '=0'),
    figure(`${id}.cards_lost`, verdict.cardsLost, 'cards', '=0'),
    figure(`${id}.cards_wrong`, verdict.cardsWrong, 'cards', '=0'),
    figure(`${id}.lines`, run.platform.lines.length, 'lines'),
    figure(`${id}.lines_twice`, verdict.linesTwice, 'lines', '=0'),
    figure(`${id}.lines_lost`, verdict.linesLost, 'lines', '=0'),
    figure(`${id}.sent_again`, run.platform.resent(), 'messages'),
    figure(`${id}.clicks`, run.answers.size, 'clicks'),
    figure(`${id}.clicks_again`, run.clicksResent, 'clicks'),
    figure(`${id}.answers_other`, verdict.answersOther, 'clicks', '=0'),
    figure(`${id}.seconds`, seconds, 's'),
  ]
}

/** A difference needs its rows to be understood; figures alone do not say what went wrong. */
function tell(name: string, { tables }: Verdict): void {
  for (const { table, lines } of tables)
    process.stderr.write(
      `${name}: ${table} differs (- undisturbed, + tortured)\n${lines.map((line) => `  ${line}\n`).join('')}`,
    )
}
