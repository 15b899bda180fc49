import { setImmediate as breathe } from 'node:timers/promises'
import { isExpected } from '../errors.ts'
import { type Text, text } from '../text.ts'
import { rulesOf } from './environment.ts'
import { FileProblem } from './file/problem.ts'
import { fingerprintOf } from './fingerprint.ts'
import { meaningProblems } from './meaning.ts'
import { misfit, unprefixed } from './misfit.ts'
import { paperProblems } from './singer/check.ts'
import { endingFault } from './singer/faults.ts'
import type { SingerMapping } from './singer/mapping.ts'
import { runTap, type SingerEnvironment } from './singer/run.ts'
import { openStreams, type Streams } from './singer/streams.ts'
import { shownCommand, type Tap } from './singer/tap.ts'
import type { Batch, Cursor, Source } from './source.ts'

const VERSION = 1
/** Records that a check looks at, and how long it waits for them. */
const SAMPLE = 200
const CHECK_SECONDS = 60

/**
 * What a Singer tap prints. Its STATE is our cursor: it is stored with the records before it, never before them, so that a
 * crash repeats some and loses none. Memory holds a batch, for the tap waits while we store.
 */
export function singerSource(mapping: SingerMapping, environment: SingerEnvironment): Source {
  return {
    name: mapping.name,
    pull: (cursor, signal) => pull(mapping, environment, cursor, signal),
    check: (note = () => {}) => check(mapping, environment, (says) => note(`${mapping.name}: ${says}`)),
  }
}

async function* pull(
  mapping: SingerMapping,
  environment: SingerEnvironment,
  cursor: Cursor | null,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  const senseless = senselessIn(mapping, environment)
  if (senseless.length > 0) throw misfit(mapping.name, senseless)
  const { name } = mapping
  // Another account may stand behind another command or configuration: its rows are not those the state speaks of.
  const { env: _, timeoutSeconds: __, longestMinutes: ___, ...meaning } = mapping
  const fingerprint = fingerprintOf(meaning, environment)
  const before = stateIn(cursor, fingerprint)
  const read = openStreams(mapping, rulesOf(mapping, environment), before)
  const store = (): Batch => read.batch({ version: VERSION, mapping: fingerprint, state: read.state })
  const tap = await runTap(mapping, environment, before)
  const stop = () => tap.stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    if (signal.aborted) stop()
    for await (const line of linesOf(tap, mapping)) {
      const problems = read.take(line)
      if (problems.length > 0) throw misfit(name, problems)
      if (!read.isFull) continue
      mustBeSound(name, read, before)
      yield store()
      await breathe()
      if (signal.aborted) return
    }
    const fault = endingFault(mapping, await tap.ended(), tap.said())
    if (signal.aborted) return
    mustBeSound(name, read, before)
    yield store()
    if (fault !== null) throw fault
    // A tap that goes on from a state need not name what has nothing new.
    const missing = before === null ? read.missing() : []
    if (missing.length > 0) throw misfit(name, missing)
  } finally {
    signal.removeEventListener('abort', stop)
    tap.stop()
    await tap.ended()
  }
}

/** Of a first pull, nothing is kept where most of it is unusable: then it is the mapping that is wrong. */
function mustBeSound(name: string, read: Streams, before: unknown): void {
  const unsound = before === null ? read.unsound() : []
  if (unsound.length > 0) throw misfit(name, unsound)
}

async function* linesOf(tap: Tap, mapping: SingerMapping): AsyncGenerator<string> {
  try {
    yield* tap.lines()
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    const { zh, en } = error.said
    const command = shownCommand(mapping)
    throw misfit(mapping.name, [text(`${command} 打印的内容${zh}`, `what ${command} prints ${en}`)])
  }
}

function stateIn(cursor: Cursor | null, fingerprint: string): unknown {
  if (cursor?.['version'] !== VERSION || cursor['mapping'] !== fingerprint) return null
  return cursor['state'] ?? null
}

function senselessIn({ streams }: SingerMapping, { kinds }: SingerEnvironment): Text[] {
  return streams.flatMap((each) =>
    meaningProblems(each, kinds).map(({ zh, en }) =>
      text(`数据流 ${each.stream}：${zh}`, `the stream ${each.stream}: ${en}`),
    ),
  )
}

/** Runs the tap without a state until it has shown enough; nothing is stored. */
async function check(
  mapping: SingerMapping,
  environment: SingerEnvironment,
  note: (says: string) => void,
): Promise<string[]> {
  const { name } = mapping
  const findings = [
    ...senselessIn(mapping, environment).map(({ en }) => en),
    ...(await paperProblems(mapping, environment)),
  ]
  try {
    if (findings.length === 0) findings.push(...(await sampled(mapping, environment, note)))
  } catch (error) {
    if (!isExpected(error)) throw error
    findings.push(unprefixed(name, error).en)
  }
  return findings.map((finding) => `${name}: ${finding}`)
}

async function sampled(
  mapping: SingerMapping,
  environment: SingerEnvironment,
  note: (says: string) => void,
): Promise<string[]> {
  const hurried = {
    ...mapping,
    timeoutSeconds: Math.min(mapping.timeoutSeconds, CHECK_SECONDS),
    longestMinutes: 1,
  }
  const read = openStreams(mapping, rulesOf(mapping, environment), null)
  const tap = await runTap(hurried, environment, null)
  try {
    for await (const line of linesOf(tap, mapping)) {
      const problems = read.take(line)
      if (problems.length > 0) return problems.map(({ en }) => en)
      if (read.rows >= SAMPLE) break
    }
    const isWhole = read.rows < SAMPLE
    if (!isWhole) tap.stop()
    const ending = await tap.ended()
    const fault = endingFault(hurried, ending, tap.said())
    const tooLong = ending.by === 'length' && read.rows > 0
    if (fault !== null && !tooLong) return [unprefixed(mapping.name, fault).en]
    for (const says of read.notes()) note(says)
    const faults = [...read.unsound(), ...(isWhole && !tooLong ? read.missing() : [])]
    return faults.map(({ en }) => en)
  } finally {
    tap.stop()
    await tap.ended()
  }
}
