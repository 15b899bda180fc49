import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Env, findConfig, readConfig } from '../config.ts'
import { ForeshockError } from '../errors.ts'
import { didYouMean } from '../nearest.ts'
import { clip } from '../text.ts'
import { type Classified, classifyLine } from '../voice/classify.ts'
import type { Cues } from '../voice/cues.ts'
import { readVoice, type VoiceReader, type VoiceReading } from '../voice/reading.ts'
import { writeLearned } from '../voice/topic-model.ts'
import { learnTopics, type TopicLabels, type TopicTrial } from '../voice/topic-training.ts'
import { requireConfig, type Shared, withProgram } from './program.ts'
import { columns } from './tables.ts'
import type { Terminal } from './terminal.ts'
import { voiceLines } from './voice-lines.ts'
import { plainReader, topicModelFile } from './voices.ts'

/** What the verbs of `foreshock voices` are asked besides. */
export interface VoiceWords {
  /** A file of labelled voices, in place of the company's own. */
  readonly labels?: string
}

/**
 * `foreshock voices classify`: reads voices from standard input, one JSON object a line, and writes each with what was read
 * out of it. Any size: what comes in waits until what goes out is taken.
 */
export async function classifyVerb(options: Shared, terminal: Terminal, env: Env): Promise<void> {
  const reader = readerFor(options, env)
  let [read, failed] = [0, 0]
  for await (const lines of voiceLines(process.stdin)) {
    let out = ''
    for (const line of lines) {
      const voice: Classified =
        'error' in line
          ? { error: line.error, json: JSON.stringify({ line: line.number, error: line.error }) }
          : classifyLine(line.line, line.number, reader)
      read += 1
      if ('error' in voice) failed += 1
      out += `${options.json ? voice.json : inWords(voice, line.number, reader.cues)}\n`
    }
    if (out !== '' && !process.stdout.write(out)) await once(process.stdout, 'drain')
  }
  if (failed > 0) terminal.say(`${failed} of ${read} lines could not be read; each says why.`)
}

function readerFor(options: Shared, env: Env): VoiceReader {
  const file = findConfig(options.config, env, process.cwd())
  const config = file === null ? null : readConfig(file, env)
  return plainReader(config, config?.competitors ?? [])
}

function inWords(voice: Classified, number: number, cues: Cues): string {
  if ('error' in voice) return `line ${number}: ${voice.error}`
  const { text, reading } = voice
  const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(2)}`
  const told = detailsOf(text, reading, cues, signed).map(([name, words]) => `    ${name}: ${words}`)
  const head = `${reading.label} ${signed(reading.strength)} ${reading.language}`
  return [`${head}  ${clip(text.replace(/\s+/g, ' '), 100)}`, ...told].join('\n')
}

function detailsOf(
  text: string,
  { topics, hits, urgency, wish, tags }: VoiceReading,
  cues: Cues,
  signed: (value: number) => string,
): (readonly [string, string])[] {
  const names = new Map(cues.topics.map(({ id, name }) => [id, name.en]))
  const lists = [
    ['topics', topics.map(({ topic, strength }) => `${names.get(topic) ?? topic} ${signed(strength)}`)],
    ['words', hits.map((hit) => `${hit.term} (${hit.class}, ${hit.why})`)],
    ['tags', tags.map(({ name }) => name.en)],
    [
      'urgent',
      urgency.span === null ? [] : [`${urgency.level}, ${urgency.why}: “${at(text, urgency.span)}”`],
    ],
    ['wish', wish === null ? [] : [`“${at(text, wish)}”`]],
  ] as const
  return lists.flatMap(([name, items]) => (items.length === 0 ? [] : [[name, items.join(', ')] as const]))
}

function at(text: string, span: { readonly start: number; readonly end: number }): string {
  return text.slice(span.start, span.end)
}

/**
 * `foreshock voices topics`: learns topics from voices that people labelled, says how that did beside the rules, and keeps
 * the models that did better. Without `--labels` the company's own labels teach.
 */
export async function topicsVerb(options: Shared & VoiceWords, terminal: Terminal, env: Env): Promise<void> {
  const config = requireConfig(options, env)
  const reader = { ...plainReader(config, config.competitors), learned: null }
  let labels = options.labels === undefined ? [] : labelsIn(options.labels, reader.cues)
  if (options.labels === undefined) {
    await withProgram(options, terminal, env, async ({ ctx }) => {
      const known = await ctx.store.readings.labelled()
      labels = known.flatMap(({ text, topics }) => (topics === null ? [] : [{ text, topics }]))
    })
  }
  if (labels.length === 0) {
    throw new ForeshockError(
      'NOT_FOUND',
      'No voice has been labelled with topics.',
      'Give a file with --labels: one {"text": ..., "topics": ["service.waiting"]} a line.',
    )
  }
  const known = reader.cues.topics.map(({ id }) => id)
  const { learned, trials } = learnTopics(labels, known, (text) => {
    return new Set(readVoice(text, reader).topics.map(({ topic }) => topic))
  })
  const file = topicModelFile(config)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, writeLearned(learned))
  terminal.result({ voices: labels.length, file, topics: trials }, trialWords(trials, labels.length, file))
}

function trialWords(trials: readonly TopicTrial[], voices: number, file: string): string {
  const rows = trials.map(({ topic, labelled, rulesF1, f1, used }) => [
    topic,
    String(labelled),
    rulesF1.toFixed(2),
    f1 === null ? 'too few labels' : f1.toFixed(2),
    used ? 'the model' : 'the rules',
  ])
  const used = trials.filter((trial) => trial.used).length
  return [
    columns([['topic', 'labelled', 'F1 of rules', 'F1 of model', 'read by'], ...rows]),
    `From ${voices} voices; ${used} topics are read by the model from now on: ${file}`,
  ].join('\n')
}

function labelsIn(file: string, cues: Cues): TopicLabels[] {
  const known = cues.topics.map(({ id }) => id)
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [labelIn(line, `${file}:${index + 1}`, known)]))
}

function labelIn(line: string, where: string, known: readonly string[]): TopicLabels {
  const refused = (what: string, hint: string): ForeshockError =>
    new ForeshockError('BAD_INPUT', `${where}: ${what}`, hint)
  const hint = 'Write one {"text": ..., "topics": ["service.waiting"]} a line.'
  let value: { text?: unknown; topics?: unknown } | null
  try {
    value = JSON.parse(line)
  } catch {
    throw refused('this line is not JSON.', hint)
  }
  const { text, topics } = value ?? {}
  if (typeof text !== 'string' || !Array.isArray(topics))
    throw refused('"text" or "topics" is missing.', hint)
  const stranger = topics.find((topic) => !known.includes(topic))
  if (stranger === undefined) return { text, topics }
  throw refused(
    `there is no topic "${stranger}".${didYouMean(String(stranger), known)}`,
    `The topics are: ${known.join(', ')}.`,
  )
}
