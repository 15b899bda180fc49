import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import { nearest, suggestion } from '../../src/nearest.ts'
import { clip, same, type Text, text } from '../../src/text.ts'
import type { Topic } from '../../src/voice/cues.ts'

/** The topic someone names, by its id or its name in either language; null: there is none. */
export function topicNamed(topics: readonly Topic[], said: string): Topic | null {
  const wanted = said.trim().toLowerCase()
  const called = (topic: Topic): string[] =>
    [topic.id, topic.name.zh, topic.name.en].map((each) => each.toLowerCase())
  // "waiting" is enough for service.waiting.
  return (
    topics.find((topic) => called(topic).includes(wanted)) ??
    topics.find(({ id }) => id.slice(id.indexOf('.') + 1) === wanted) ??
    null
  )
}

/**
 * The topic someone names, and its id with those of all its parts.
 *
 * @throws ForeshockError NOT_FOUND
 */
export async function topicMeant(
  ctx: Context,
  said: string,
): Promise<{ name: Text; ids: readonly string[] }> {
  const { topics } = (await ctx.voice.reader()).cues
  const found = topicNamed(topics, said)
  if (found === null) throw noTopic(topics, said)
  const parts = topics.filter(({ id, parent }) => id === found.id || parent === found.id)
  return { name: found.name, ids: parts.map(({ id }) => id) }
}

export function noTopic(topics: readonly Topic[], said: string): ForeshockError {
  const near = nearest(
    said,
    topics.flatMap(({ id, name }) => [id, name.zh, name.en]),
  )
  const main = topics.filter(({ parent }) => parent === null)
  const short = clip(said, 40)
  return new ForeshockError(
    'NOT_FOUND',
    text(`没有主题“${short}”。`, `There is no topic "${short}".`),
    near === null
      ? text(
          `主题有：${main.map(({ name, id }) => `${name.zh}（${id}）`).join('、')}，以及各自的细分。`,
          `Topics are ${main.map(({ id }) => id).join(', ')}, and their parts.`,
        )
      : suggestion(near),
  )
}

/** What topics are called; one that has been taken out since keeps its id. */
export async function topicTexts(ctx: Context): Promise<(id: string) => Text> {
  const { topics } = (await ctx.voice.reader()).cues
  const names = new Map(topics.map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? same(id)
}
