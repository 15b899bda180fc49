import { DAY } from '../clock.ts'
import type { Context } from '../context.ts'
import type { Text } from '../text.ts'
import { topicNames } from '../voice/topic-name.ts'

/** Who complained this long before it was mended is to be told. */
export const TOLD_BACK = 180 * DAY

/** Something that was mended, and how many customers of one person are to hear of it from them. */
export interface MineToTell {
  readonly no: number
  readonly name: Text
  readonly count: number
}

/** Days after a complaint in which an alert or a departure is laid to it. */
export const FOLLOWED_DAYS = 90

/** So long after it was mended it is news to a customer. */
const NEWS_DAYS = 14
/** Themes looked at: the open ones stand before those that are done. */
const MOST = 200

/** What was mended lately and whom of their customers a person may tell. */
export async function mineToTell(ctx: Context, owner: string): Promise<MineToTell[]> {
  const since = new Date(+ctx.clock.now() - NEWS_DAYS * DAY)
  const mended = (await ctx.store.themes.list(MOST)).flatMap(({ no, topic, doneAt }) =>
    doneAt !== null && doneAt >= since ? [{ no, topic, doneAt }] : [],
  )
  if (mended.length === 0) return []
  const nameOf = topicNames((await ctx.voice.reader()).cues.topics)
  const { voiceTopics } = ctx.store
  const found: MineToTell[] = []
  for (const { no, topic, doneAt } of mended) {
    const from = new Date(+doneAt - TOLD_BACK)
    const { total } = await voiceTopics.complainants(topic, from, doneAt, 1, owner)
    if (total > 0) found.push({ no, name: nameOf(topic), count: total })
  }
  return found
}
