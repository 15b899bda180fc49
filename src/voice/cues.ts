import type { Text } from '../text.ts'
import type { CueFile, UrgentWhy } from './cue-file.ts'
import { buildFinder, type Finder, type Sought } from './cue-finder.ts'
import { folded } from './cue-units.ts'
import { formsOf } from './inflect.ts'
import { invalid, type TopicFile } from './topic-file.ts'

/** A topic people talk about. `service.waiting` is a part of `service`. */
export interface Topic {
  readonly id: string
  readonly name: Text
  readonly parent: string | null
}

export interface Tag {
  readonly id: string
  readonly name: Text
}

export interface TopicCue {
  readonly is: 'topic'
  readonly topic: Topic
  readonly mood: -1 | 0 | 1
}

export interface TagCue {
  readonly is: 'tag'
  readonly tag: Tag
}

export interface UrgencyCue {
  readonly is: 'urgency'
  readonly why: UrgentWhy
  readonly level: 'now' | 'soon'
}

export interface WishCue {
  readonly is: 'wish'
  readonly part: 'start' | 'when' | 'closing' | 'alone'
}

/** What a phrase stands for. `nothing`: a longer phrase in which a word of its kind means something else. */
export type Cue =
  | TopicCue
  | TagCue
  | UrgencyCue
  | WishCue
  | { readonly is: 'contrast' }
  | { readonly is: 'nothing' }

/** Everything that is found in a voice by words, in one pass over it. */
export interface Cues {
  readonly topics: readonly Topic[]
  readonly tags: readonly Tag[]
  readonly finder: Finder
  /** By the values of the finder. */
  readonly meanings: readonly Cue[]
  /** What kind of cue each of them is: whoever looks for one kind passes over the others without a look at them. */
  readonly kinds: Uint8Array
}

export const KINDS = { topic: 0, tag: 1, urgency: 2, wish: 3, contrast: 4 } as const
type Kind = keyof typeof KINDS
/** The kind of what means nothing. */
const NO_KIND = 5
const NOTHING: Cue = { is: 'nothing' }

/** Makes topics and cues searchable. Throws CONFIG_INVALID where a word stands under two topics. */
export function compileCues(topics: TopicFile, cues: CueFile, file: string): Cues {
  const list = new PhraseList(file)
  const all: Topic[] = []
  const tags: Tag[] = []
  for (const { subs, ...topic } of topics.topics) {
    for (const { id, name, words, good, bad } of [
      topic,
      ...subs.map((sub) => ({ ...sub, id: `${topic.id}.${sub.id}` })),
    ]) {
      const named: Topic = { id, name: nameOf(id, name), parent: id === topic.id ? null : topic.id }
      all.push(named)
      // What carries a mood stands first: a word may also be in the plain list.
      list.add('topic', good, { is: 'topic', topic: named, mood: 1 }, id)
      list.add('topic', bad, { is: 'topic', topic: named, mood: -1 }, id)
      list.add('topic', words, { is: 'topic', topic: named, mood: 0 }, id)
    }
  }
  for (const { id, name, words } of topics.tags) {
    const tag = { id, name: nameOf(id, name) }
    tags.push(tag)
    list.add('tag', words, { is: 'tag', tag }, id)
  }
  for (const { why, level, words } of cues.urgency) list.add('urgency', words, { is: 'urgency', why, level })
  list.add('wish', cues.wish.words, { is: 'wish', part: 'start' })
  list.add('wish', cues.wish.when, { is: 'wish', part: 'when' })
  list.add('wish', cues.wish.closing, { is: 'wish', part: 'closing' })
  list.add('wish', cues.wish.alone, { is: 'wish', part: 'alone' })
  list.add('contrast', cues.contrast.words, { is: 'contrast' })
  // Last, because a word that stands somewhere in its own right means that.
  const entries = topics.topics.flatMap(({ subs, not }) => [not, ...subs.map((sub) => sub.not)])
  list.add('topic', entries.flat(), NOTHING)
  list.add(
    'tag',
    topics.tags.flatMap(({ not }) => not),
    NOTHING,
  )
  list.add(
    'urgency',
    cues.urgency.flatMap(({ not }) => not),
    NOTHING,
  )
  list.add('wish', cues.wish.not, NOTHING)
  list.add('contrast', cues.contrast.not, NOTHING)
  const { sought, meanings } = list
  const kinds = Uint8Array.from(meanings, ({ is }) => (is === 'nothing' ? NO_KIND : KINDS[is]))
  return { topics: all, tags, finder: buildFinder(sought), meanings, kinds }
}

function nameOf(id: string, name: Text | undefined): Text {
  return name ?? { zh: id, en: id }
}

/** Phrases with what they stand for; a word stands under one topic. */
class PhraseList {
  readonly sought: Sought[] = []
  readonly meanings: Cue[] = []
  readonly #owners = new Map<string, string>()
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  add(kind: Kind, words: readonly string[], meaning: Cue, owner = ''): void {
    const value = this.meanings.push(meaning) - 1
    for (const word of words) {
      const term = folded(word.trim())
      if (owner !== '') this.#claim(kind, term, owner)
      for (const form of formsIn(term)) this.sought.push({ words: form, value, kind: KINDS[kind] })
    }
  }

  #claim(kind: Kind, term: string, owner: string): void {
    const key = `${kind} ${term}`
    const other = this.#owners.get(key)
    if (other !== undefined && other !== owner && kind === 'topic') {
      throw invalid(
        `${this.#file}: "${term}" stands under ${other} and under ${owner}.`,
        'Keep it under one of the two.',
      )
    }
    this.#owners.set(key, owner)
  }
}

/** English words bent as verbs and as plurals; the word itself first, so that a form never takes a word's place. */
function formsIn(term: string): string[] {
  if (!/[a-z]$/.test(term)) return [term]
  const forms = formsOf(term)
  return [...new Set([...forms, `${term}s`])]
}
