import type { Reply, Request } from '../../src/command.ts'
import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import { mayActAs } from '../../src/records/person.ts'
import { text } from '../../src/text.ts'
import type { FoundVoice } from '../../src/voice/found.ts'
import { voiceCard } from '../../templates/voice.ts'
import { answer } from '../case/move.ts'
import { linesOf } from './line.ts'
import { stageRules } from './stage.ts'

/** One voice with all that is known of it. `labelled`: someone just said what it is. */
export async function voiceAnswer(
  ctx: Context,
  request: Request<unknown>,
  no: number,
  labelled = false,
): Promise<Reply> {
  const [line] = await linesOf(ctx, [await voiceByNo(ctx, no)], [], true)
  const id = await ctx.store.voices.stageOf(no, stageRules(ctx))
  const stage = ctx.voice.journey.stages.find((each) => each.id === id)?.name ?? null
  const mayLabel = mayActAs(request.by.role, 'csm')
  return answer(ctx, request, voiceCard, { line: line!, stage, labelled, mayLabel, maskNames: false })
}

/** @throws ForeshockError NOT_FOUND */
export async function voiceByNo(ctx: Context, no: number): Promise<FoundVoice> {
  const voice = await ctx.store.voices.byNo(no)
  if (voice !== null) return voice
  throw new ForeshockError(
    'NOT_FOUND',
    text(`没有 V-${no} 这条反馈。`, `There is no voice V-${no}.`),
    text('用 search 找到它，编号写在引文下面。', 'Find it with search; the number stands below the quote.'),
  )
}
