import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import { nearest, suggestion } from '../../src/nearest.ts'
import { ownValue } from '../../src/own-value.ts'
import { clip, text } from '../../src/text.ts'
import { WORD_CLASSES, type WordClass } from '../../src/voice/entry.ts'
import { CLASSES } from '../words/lexicon-parts.ts'

/**
 * The id of the tag someone names, by it or by its name in either language.
 *
 * @throws ForeshockError NOT_FOUND
 */
export async function tagMeant(ctx: Context, said: string): Promise<string> {
  const { tags } = (await ctx.voice.reader()).cues
  const wanted = said.toLowerCase()
  const found = tags.find(({ id, name }) =>
    [id, name.zh, name.en].some((each) => each.toLowerCase() === wanted),
  )
  if (found !== undefined) return found.id
  const near = nearest(
    said,
    tags.flatMap(({ id, name }) => [id, name.zh, name.en]),
  )
  const short = clip(said, 40)
  throw new ForeshockError(
    'NOT_FOUND',
    text(`没有标签“${short}”。`, `There is no tag "${short}".`),
    near === null
      ? text(
          `有这些：${tags.map(({ name }) => name.zh).join('、')}。`,
          `There are: ${tags.map(({ id }) => id).join(', ')}.`,
        )
      : suggestion(near),
  )
}

/**
 * One of the four classes of churn words; a company's own counts as one of them, and is kept as that.
 *
 * @throws ForeshockError NOT_FOUND
 */
export function classMeant(said: string): WordClass {
  const found = ownValue(CLASSES, said.toLowerCase())
  if (found !== undefined) return found
  const near = nearest(said, Object.keys(CLASSES))
  const short = clip(said, 40)
  throw new ForeshockError(
    'NOT_FOUND',
    text(`没有“${short}”这一类词。`, `There is no class of words "${short}".`),
    near === null
      ? text('有这些：明确要走、生活有变化、竞品、强烈不满。', `There are: ${WORD_CLASSES.join(', ')}.`)
      : suggestion(near),
  )
}
