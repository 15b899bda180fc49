import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import { churnKinds } from '../../src/features/reported-kinds.ts'
import { nearest, suggestion } from '../../src/nearest.ts'
import { clip, text } from '../../src/text.ts'
import { type JourneyStage, type StageRules, stageNamed } from '../../src/voice/journey.ts'

/** What journey stages are told by. */
export function stageRules(ctx: Context): StageRules {
  return { journey: ctx.voice.journey, cancelled: churnKinds(ctx.profile).cancelled }
}

/** @throws ForeshockError NOT_FOUND */
export function stageMeant(ctx: Context, said: string): JourneyStage {
  const { journey } = ctx.voice
  const found = stageNamed(journey, said)
  if (found !== null) return found
  const short = clip(said, 40)
  const near = nearest(
    said,
    journey.stages.flatMap(({ id, name }) => [id, name.zh, name.en]),
  )
  const all = journey.stages.map(({ id, name }) => `${name.zh}（${id}）`).join('、')
  throw new ForeshockError(
    'NOT_FOUND',
    text(`没有“${short}”这个旅程阶段。`, `There is no journey stage "${short}".`),
    near === null
      ? text(`有这些：${all}。`, `There are: ${journey.stages.map(({ id }) => id).join(', ')}.`)
      : suggestion(near),
  )
}
