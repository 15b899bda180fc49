import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import { nearest } from '../../src/nearest.ts'
import { clip, same, type Text, text } from '../../src/text.ts'
import type { Topic } from '../../src/voice/cues.ts'
import { topicNames } from '../../src/voice/topic-name.ts'

/** The topics voices are read for, and what people call them. */
export interface TopicList {
  readonly topics: readonly Topic[]
  /** "服务 · 等待" / "Service · Waiting"; a topic that was taken out since goes by its id. */
  nameOf(id: string): Text
  tagName(id: string): Text
}

export async function topicList(ctx: Context): Promise<TopicList> {
  const { topics, tags } = (await ctx.voice.reader()).cues
  const named = new Map(tags.map(({ id, name }) => [id, name]))
  return {
    topics,
    nameOf: topicNames(topics),
    tagName: (id) => named.get(id) ?? same(id),
  }
}

/**
 * The topic someone means, by id or name in either language; a sub-topic also with its topic before it.
 *
 * @throws ForeshockError NOT_FOUND, or BAD_INPUT when several fit
 */
export function topicMeant({ topics, nameOf }: TopicList, said: string): Topic {
  const wanted = folded(said)
  const fits = topics.filter((topic) => callsOf(topic, nameOf(topic.id)).includes(wanted))
  if (fits.length === 1 && wanted !== '') return fits[0]!
  if (fits.length > 1) {
    const ids = fits.map(({ id }) => id)
    throw new ForeshockError(
      'BAD_INPUT',
      text(`有几个话题都叫“${clip(said, 40)}”。`, `Several topics fit "${clip(said, 40)}".`),
      text(`请写其中一个：${ids.join('、')}。`, `Write one of ${ids.join(', ')}.`),
    )
  }
  const calls = topics.flatMap((topic) => [topic.id, topic.name.zh, topic.name.en])
  const near = said === '' ? null : nearest(clip(said, 40), calls)
  const tops = topics.filter(({ parent }) => parent === null).map(({ id, name }) => ({ id, name }))
  throw new ForeshockError(
    'NOT_FOUND',
    said === ''
      ? text('没写是哪个话题。', 'Which topic?')
      : text(`没有“${clip(said, 40)}”这个话题。`, `There is no topic "${clip(said, 40)}".`),
    near === null
      ? text(
          `大类有：${tops.map(({ name }) => name.zh).join('、')}；输入 voc 看话题排行。`,
          `The main ones are ${tops.map(({ id }) => id).join(', ')}; type voc for the ranking.`,
        )
      : text(`是不是“${near}”？`, `Did you mean "${near}"?`),
  )
}

function callsOf({ id, name }: Topic, full: Text): string[] {
  const own = id.slice(id.indexOf('.') + 1)
  return [id, own, name.zh, name.en, full.zh, full.en].map(folded)
}

function folded(words: string): string {
  return words
    .slice(0, 200)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·・/_-]/g, '')
}
