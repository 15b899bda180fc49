import { z } from 'zod'
import { ForeshockError } from '../errors.ts'
import { folded } from './cue-units.ts'
import { readYaml } from './read-yaml.ts'

const word = z.string().trim().min(1).max(64)
const words = z.array(word).default([])
const id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'is not an id; use lower-case letters, digits and -')
const name = z.strictObject({ zh: z.string().trim().min(1), en: z.string().trim().min(1) })
const lists = { words, good: words, bad: words, not: words }

const subSchema = z.strictObject({
  id,
  name: name.optional(),
  ...lists,
  replace: z.boolean().default(false),
  off: z.boolean().default(false),
})
const topicSchema = z.strictObject({
  id,
  name: name.optional(),
  ...lists,
  off: z.boolean().default(false),
  subs: z.array(subSchema).default([]),
})
const tagSchema = z.strictObject({
  id,
  name: name.optional(),
  words,
  not: words,
  off: z.boolean().default(false),
})
const fileSchema = z.strictObject({
  topics: z.array(topicSchema).default([]),
  tags: z.array(tagSchema).default([]),
})

export type TopicFile = z.infer<typeof fileSchema>
type TopicEntry = TopicFile['topics'][number]

const LISTS = ['words', 'good', 'bad', 'not'] as const

/** Reads a file of topics. Throws CONFIG_INVALID naming the file, the place and the mend. */
export function parseTopics(source: string, file: string): TopicFile {
  const result = fileSchema.safeParse(readYaml(source, file) ?? {})
  if (result.success) return result.data
  const [issue] = result.error.issues
  const where = issue!.path.length === 0 ? 'the top' : issue!.path.join('.')
  throw invalid(`${file}, at ${where}: ${issue!.message}.`, HINT)
}

const HINT =
  'A topic is {id, name: {zh, en}, words, good, bad, not, subs}; models/topics/topics.yaml shows how.'

/** The shipped topics with a company's own worked in: added to, replaced, or taken out. */
export function mergeTopics(shipped: TopicFile, own: TopicFile, file: string): TopicFile {
  const said = new Set(own.topics.flatMap((topic) => [topic, ...topic.subs].flatMap(wordsOf)))
  const kept = shipped.topics.map((topic) => ({
    ...without(topic, said),
    subs: topic.subs.map((sub) => without(sub, said)),
  }))
  return {
    topics: joined(kept, own.topics, file, (topic, more) => ({
      ...withMore(topic, more),
      subs: joined(topic.subs, more.subs, `${file}, at ${topic.id}`, (sub, added) =>
        added.replace ? { ...added, name: added.name ?? sub.name } : withMore(sub, added),
      ),
    })),
    tags: joined(shipped.tags, own.tags, file, (tag, more) => ({
      ...tag,
      name: more.name ?? tag.name,
      words: [...tag.words, ...more.words],
      not: [...tag.not, ...more.not],
    })),
  }
}

type Lists = Pick<TopicEntry, (typeof LISTS)[number] | 'name'>

function withMore<T extends Lists>(entry: T, more: Lists): T {
  const added = LISTS.map((list) => [list, [...entry[list], ...more[list]]])
  return { ...entry, name: more.name ?? entry.name, ...Object.fromEntries(added) }
}

/** A word that the company puts elsewhere is no longer here. */
function without<T extends Lists>(entry: T, said: ReadonlySet<string>): T {
  const left = LISTS.map((list) => [list, entry[list].filter((one) => !said.has(folded(one)))])
  return { ...entry, ...Object.fromEntries(left) }
}

function wordsOf({ words, good, bad }: Lists): string[] {
  return [...words, ...good, ...bad].map(folded)
}

interface Named {
  readonly id: string
  readonly name?: { readonly zh: string; readonly en: string } | undefined
  readonly off: boolean
}

function joined<T extends Named>(
  shipped: readonly T[],
  own: readonly T[],
  where: string,
  join: (one: T, more: T) => T,
): T[] {
  const mine = new Map(own.map((one) => [one.id, one]))
  const known = new Set(shipped.map((one) => one.id))
  const kept = shipped.flatMap((one) => {
    const more = mine.get(one.id)
    if (more === undefined) return [one]
    return more.off ? [] : [join(one, more)]
  })
  const added = own.filter((one) => !known.has(one.id) && !one.off)
  const nameless = added.find((one) => one.name === undefined)
  if (nameless !== undefined) {
    throw invalid(`${where}: the new "${nameless.id}" has no name.`, 'Give it name: {zh: ..., en: ...}.')
  }
  return [...kept, ...added]
}

export function invalid(what: string, hint: string): ForeshockError {
  return new ForeshockError('CONFIG_INVALID', what, hint)
}
