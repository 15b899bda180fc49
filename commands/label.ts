import type { Command } from '../src/command.ts'
import { ForeshockError } from '../src/errors.ts'
import { nearest, suggestion } from '../src/nearest.ts'
import { clip, text } from '../src/text.ts'
import type { Label } from '../src/voice/sentiment-reader.ts'
import { labelNamed, MOOD_WORDS } from './voices/labels.ts'
import { voiceAnswer, voiceByNo } from './voices/one.ts'
import { voiceNo } from './voices/search-words.ts'
import { noTopic, topicNamed } from './voices/topic-names.ts'

export interface LabelWords {
  readonly no: number
  /** Null: the mood stays as it is. */
  readonly label: Label | null
  /** As typed; none: the topics stay as they are. */
  readonly topics: readonly string[]
}

export const label: Command<LabelWords> = {
  name: 'label',
  summary: text(
    '纠正一条反馈的情绪或主题，以后按你说的算',
    'Correct the mood or topics of a voice; your word counts from then on',
  ),
  usage: 'label V-12 negative|neutral|positive [TOPIC ...]',
  role: 'csm',
  parse: parseLabel,
  run: async (ctx, request) => {
    const { args, by } = request
    const voice = await voiceByNo(ctx, args.no)
    const { topics: known } = (await ctx.voice.reader()).cues
    const topics = args.topics.map((said) => {
      const topic = topicNamed(known, said)
      if (topic === null)
        throw args.label === null ? neither(said, noTopic(known, said)) : noTopic(known, said)
      return topic.id
    })
    const said = {
      ...(args.label === null ? {} : { label: args.label }),
      ...(topics.length === 0 ? {} : { topics: [...new Set(topics)] }),
    }
    const now = ctx.clock.now()
    const after = { label: said.label ?? voice.label, topics: said.topics ?? voice.topics }
    // Noted first: nothing is changed that the sealed record does not know.
    await ctx.store.settings.note(`voice V-${args.no}`, inWords(voice), inWords(after), by.id, now)
    await ctx.store.readings.label(voice.id, said, by.id, now)
    return voiceAnswer(ctx, request, args.no, true)
  },
}

function inWords({ label: mood, topics }: { label: Label; topics: readonly string[] }): string {
  return [mood, ...topics].join(' ')
}

/** @throws ForeshockError BAD_INPUT */
export function parseLabel(words: string): LabelWords {
  const [first = '', ...rest] = words
    .trim()
    .split(/[\s,，、]+/)
    .filter(Boolean)
  const no = voiceNo(first)
  if (no === null) throw noVoice(first)
  const mood = labelNamed(rest[0] ?? '')
  const topics = mood === null ? rest : rest.slice(1)
  if (mood === null && topics.length === 0) throw nothingSaid(no)
  return { no, label: mood, topics }
}

function noVoice(said: string): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    said === ''
      ? text('没写是哪条反馈。', 'Which voice?')
      : text(`“${clip(said, 40)}”不是反馈编号。`, `"${clip(said, 40)}" is no number of a voice.`),
    text(
      '这样写：label V-12 negative，编号见 search。',
      'Write label V-12 negative; search shows the numbers.',
    ),
  )
}

function nothingSaid(no: number): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    text('没写情绪或主题。', 'Neither a mood nor a topic was given.'),
    text(`这样写：label V-${no} negative 服务`, `Write label V-${no} negative service`),
  )
}

/** A word that is neither a mood nor a topic: the nearer of both is offered. */
function neither(said: string, otherwise: ForeshockError): ForeshockError {
  const near = nearest(said, MOOD_WORDS)
  const short = clip(said, 40)
  return new ForeshockError(
    'BAD_INPUT',
    text(`“${short}”既不是情绪也不是主题。`, `"${short}" is neither a mood nor a topic.`),
    near === null
      ? text(
          `情绪有：负面（negative）、中性（neutral）、正面（positive）。${otherwise.said.hint.zh}`,
          `Moods are negative, neutral and positive. ${otherwise.said.hint.en}`,
        )
      : suggestion(near),
  )
}
