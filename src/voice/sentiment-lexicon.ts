import { z } from 'zod'
import { ForeshockError } from '../errors.ts'
import { type FlatTrie, flatTrie } from './flat-trie.ts'
import { formsOf } from './inflect.ts'
import { normalise } from './normalise.ts'
import { readYaml } from './read-yaml.ts'

/** Lists of lists, so that a long list can stand on several lines. */
const terms = z.array(z.array(z.string().trim().min(1).max(64))).transform((lines) => lines.flat())
const words = z.array(z.string().trim().min(1).max(64))
const steps = z.strictObject({ strong: terms, plain: terms, mild: terms })

const fileSchema = z.strictObject({
  positive: steps,
  negative: steps,
  disappointed: terms,
  louder: words,
  softer: words,
  turns: words,
  mocks: words,
  but: words,
  matters: words,
  neutral: terms,
  emoji: z.strictObject({ positive: words, negative: words }),
})
type SentimentFile = z.infer<typeof fileSchema>

const STEPS = { strong: 1, plain: 0.6, mild: 0.3 } as const
const LOUDER = 1.4
const SOFTER = 0.6

/** What a word of the lexicon does to the mood of a text. */
export interface Mark {
  /** -1..1; null: no mood of its own. */
  readonly score: number | null
  readonly disappointed: boolean
  /** Factor on the mood word that follows in the clause; 1: none. */
  readonly times: number
  readonly turns: boolean
  /** Praise after it, to the end of the sentence, is mockery. */
  readonly mocks: boolean
  readonly but: boolean
  /** Something one may also ask about, refuse, or have settled. */
  readonly matter: boolean
}

export interface SentimentLexicon {
  readonly trie: FlatTrie
  /** What each phrase of the trie does, by its number. */
  readonly marks: readonly Mark[]
  /** Mood of single emoji code points, +1 or -1. */
  readonly emoji: ReadonlyMap<number, number>
}

const NOTHING: Mark = {
  score: null,
  disappointed: false,
  times: 1,
  turns: false,
  mocks: false,
  but: false,
  matter: false,
}

/** Reads the sentiment words. Throws CONFIG_INVALID naming the file, the place and the mend. */
export function loadSentiment(source: string, file: string): SentimentLexicon {
  const parsed = fileSchema.safeParse(readYaml(source, file))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    throw invalid(`${file}, at ${issue.path.join('.') || 'the top'}: ${issue.message}.`)
  }
  const marks = marksOf(parsed.data, file)
  return {
    trie: flatTrie([...marks.keys()]),
    marks: shared([...marks.values()]),
    emoji: emojiOf(parsed.data),
  }
}

/** Written forms and what each does; a word may both carry a mood and turn up another ("good" and "pretty good"). */
function marksOf(file: SentimentFile, name: string): Map<string, Mark> {
  const marks = new Map<string, Mark>()
  const moods = new Set<string>()
  const add = (term: string, more: Partial<Mark>, bend: boolean) => {
    const folded = normalise(term).text.trim()
    if (folded === '') throw invalid(`${name}: the term "${term}" has nothing to look for.`)
    for (const form of bend ? formsOf(folded) : [folded]) {
      // A form that is a word of its own keeps its meaning; the same word in another list adds to it.
      if (form !== folded && marks.has(form) && !Object.hasOwn(more, 'matter')) continue
      marks.set(form, { ...(marks.get(form) ?? NOTHING), ...more })
    }
  }
  const mood = (term: string, more: Partial<Mark>) => {
    if (moods.has(term)) throw invalid(`${name}: the mood word "${term}" stands twice.`)
    moods.add(term)
    add(term, more, true)
  }
  for (const term of file.neutral) add(term, {}, false)
  for (const step of ['strong', 'plain', 'mild'] as const) {
    for (const term of file.positive[step]) mood(term, { score: STEPS[step] })
    for (const term of file.negative[step]) mood(term, { score: -STEPS[step] })
  }
  for (const term of file.disappointed) mood(term, { score: -STEPS.strong, disappointed: true })
  for (const term of file.louder) add(term, { times: LOUDER }, false)
  for (const term of file.softer) add(term, { times: SOFTER }, false)
  for (const term of file.turns) add(term, { turns: true }, false)
  for (const term of file.mocks) mood(term, { score: -STEPS.strong, mocks: true })
  for (const term of file.but) add(term, { but: true }, false)
  for (const term of file.matters) add(term, { matter: true }, true)
  return marks
}

/** The same with one object for all that are alike: of thousands of words nearly all do one of a few things. */
function shared(marks: readonly Mark[]): Mark[] {
  const known = new Map<string, Mark>()
  return marks.map((mark) => {
    const like = JSON.stringify(mark)
    const first = known.get(like) ?? mark
    known.set(like, first)
    return first
  })
}

function emojiOf({ emoji }: SentimentFile): Map<number, number> {
  return new Map([
    ...emoji.positive.map((sign) => [sign.codePointAt(0)!, 1] as const),
    ...emoji.negative.map((sign) => [sign.codePointAt(0)!, -1] as const),
  ])
}

function invalid(what: string): ForeshockError {
  return new ForeshockError(
    'CONFIG_INVALID',
    what,
    'Mend the place it names; the head of the file explains the lists.',
  )
}
