import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { plainReader } from '../../src/main/voices.ts'
import { TOPICS } from '../../src/paths.ts'
import { readVoice, type VoiceReader } from '../../src/voice/reading.ts'
import { parseTopics } from '../../src/voice/topic-file.ts'
import { type Figure, type Findings, figure, type Measurement } from '../figures.ts'
import { Peer } from './peer.ts'
import { inTurns, median, type Took, timed } from './rounds.ts'
import { voiceStream } from './voice-stream.ts'

/** How much is read. */
export interface Load {
  readonly texts: number
  readonly rounds: number
  /** How long memory is watched. */
  readonly minutes: number
  /** Whether times are judged: a small load is over before the compiler has warmed up. */
  readonly judged: boolean
}

const FULL: Load = { texts: 20_000, rounds: 11, minutes: 0.25, judged: true }
/** Rounds until the engine has compiled what it reads with; a program that runs for days is measured, not its first second. */
const WARMING = 12
export const QUICK: Load = { texts: 300, rounds: 1, minutes: 0.01, judged: false }

/**
 * `npm run bench -- voices [--minutes N]`: mood, words and topics of short texts in one process, by processor seconds,
 * beside Python's jieba and scikit-learn on the same texts in turns; and the memory of reading on and on (5 minutes when
 * it counts).
 */
export const voices: Measurement = async ({ quick, seed, minutes }) => {
  const load = quick ? QUICK : FULL
  return voicesOn({ ...load, minutes: minutes ?? load.minutes }, seed)
}

export async function voicesOn(load: Load, seed: string): Promise<Findings> {
  const reader = plainReader(null, ['星澜', '澄野', 'Xinglan', 'Chengye'])
  const stream = voiceStream(seed)
  const texts = Array.from({ length: load.texts }, () => stream.next().value)
  const speed = await speeds(load, texts, reader)
  return { ...speed, figures: [...speed.figures, ...(await memory(load, seed, reader))] }
}

const CALM = { strength: 0, label: 'neutral', confidence: 1 } as const

async function speeds(load: Load, texts: readonly string[], reader: VoiceReader): Promise<Findings> {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-voices-'))
  const peer = new Peer('voices.py')
  try {
    const all = timed(() => readAll(texts, reader))
    const whole = new Map<string, () => Took | Promise<Took>>([['ours', all]])
    const parts = new Map<string, () => Took | Promise<Took>>([
      ['sentiment', timed(() => sum(texts, (text) => reader.sentiment(text).strength))],
      ['topics', timed(() => readAll(texts, { ...reader, sentiment: () => CALM, words: () => [] }))],
      ['words', timed(() => sum(texts, (text) => reader.words(text).length))],
    ])
    for (let round = 0; round < (load.judged ? WARMING : 1); round += 1) all()
    const prepared = await prepare(peer, join(folder, 'texts.json'), texts, reader)
    if (prepared === null) whole.set('peer', async () => (await peer.ask({ do: 'read' })) as Took)
    const tookWhole = await inTurns(load.rounds, whole)
    // Only then the parts: a program has one reader, and reading with another slows the compiled code of both.
    const tookParts = await inTurns(load.rounds, parts)
    const took = (name: string): Took => (whole.has(name) ? tookWhole : tookParts)(name)
    return {
      figures: speedFigures(load, texts, took, prepared === null),
      missing: prepared === null ? [] : [prepared],
    }
  } finally {
    await peer.close()
    rmSync(folder, { recursive: true })
  }
}

function speedFigures(
  load: Load,
  texts: readonly string[],
  took: (name: string) => Took,
  withPeer: boolean,
): Figure[] {
  const [ours, sentiment, words, topics] = [took('ours'), took('sentiment'), took('words'), took('topics')]
  const rate = (milliseconds: number): number => Math.round((texts.length / milliseconds) * 1e3)
  const micro = (milliseconds: number): number => (milliseconds / texts.length) * 1e3
  const alone = { texts_per_cpu_second: rate(ours.cpu), texts_per_second: rate(ours.wall) }
  const figures = [
    figure(
      'voices.texts_per_cpu_second',
      alone.texts_per_cpu_second,
      'texts/cpu-s',
      load.judged ? '>=200000' : null,
    ),
    figure('voices.texts_per_second', alone.texts_per_second, 'texts/s'),
    figure(
      'voices.mean_length',
      texts.reduce((total, { length }) => total + length, 0) / texts.length,
      'units',
    ),
    figure('voices.sentiment', micro(sentiment.cpu), 'us'),
    figure('voices.words', micro(words.cpu), 'us'),
    figure('voices.topics', micro(topics.cpu), 'us'),
    figure('voices.moods_of_topics', micro(ours.cpu - sentiment.cpu - words.cpu - topics.cpu), 'us'),
  ]
  if (!withPeer) return figures
  const peer = took('peer')
  return [
    ...figures,
    figure('voices.jieba_sklearn_texts_per_cpu_second', rate(peer.cpu), 'texts/cpu-s'),
    figure('voices.times_faster_than_jieba_sklearn', peer.cpu / ours.cpu, 'times'),
  ]
}

/** Teaches the peer our moods and gives it our topics' words; null: ready, else what is missing. */
async function prepare(
  peer: Peer,
  file: string,
  texts: readonly string[],
  reader: VoiceReader,
): Promise<string | null> {
  const source = join(TOPICS, 'topics.yaml')
  const shipped = parseTopics(readFileSync(source, 'utf8'), source)
  const topics = shipped.topics.flatMap(({ id, words, good, bad, subs }) => [
    [id, [...words, ...good, ...bad]],
    ...subs.map((sub) => [`${id}.${sub.id}`, [...sub.words, ...sub.good, ...sub.bad]]),
  ])
  const labels = texts.map((text) => reader.sentiment(text).label)
  writeFileSync(file, JSON.stringify({ texts, labels, topics: Object.fromEntries(topics) }))
  const answer = (await peer.ask({ do: 'prepare', file })) as { missing?: string } | null
  if (answer !== null && answer.missing === undefined) return null
  const what =
    answer === null ? 'it does not run under /usr/bin/python3' : `no Python module ${answer.missing}`
  return `peer not installed: jieba and scikit-learn, ${what}; apt-get install python3-jieba python3-sklearn`
}

/** Keeps what is read out of each, as whoever stores it would. */
function readAll(texts: readonly string[], reader: VoiceReader): number {
  return sum(texts, (text) => readVoice(text, reader).topics.length)
}

function sum(texts: readonly string[], of: (text: string) => number): number {
  let total = 0
  for (const text of texts) total += of(text)
  return total
}

/** Texts between two looks at the clock. */
const SPELL = 200

/** Reads voices made on the way, and watches the memory: the second half of the run against its second quarter. */
async function memory(load: Load, seed: string, reader: VoiceReader): Promise<Figure[]> {
  const stream = voiceStream(`${seed} on`)
  const from = performance.now()
  const length = load.minutes * 60_000
  const samples: number[] = []
  let read = 0
  for (let passed = 0; passed < length; passed = performance.now() - from) {
    for (let index = 0; index < SPELL; index += 1) readVoice(stream.next().value, reader)
    read += SPELL
    const due = Math.floor((passed / length) * 40)
    while (samples.length <= due) samples.push(process.memoryUsage.rss())
    await new Promise(setImmediate)
  }
  const quarter = Math.floor(samples.length / 4)
  const settled = median(samples.slice(quarter, 2 * quarter))
  const later = median(samples.slice(-2 * quarter))
  const growth = quarter === 0 ? 0 : ((later - settled) / settled) * 100
  return [
    figure('voices.rss', Math.round(later / 1024 ** 2), 'MB'),
    figure('voices.rss_growth', growth, '%', load.judged ? '<=5' : null),
    figure('voices.read_while_watched', read, 'texts'),
  ]
}
