import { topOfModels } from '../../commands/model.ts'
import { modelCard, modelNo, trialWords } from '../../templates/model.ts'
import { noticeCard } from '../../templates/notices.ts'
import type { Context } from '../context.ts'
import { ForeshockError } from '../errors.ts'
import { modelInUse, promote, rollback } from '../judging/promote.ts'
import { text } from '../text.ts'
import { cardText } from './tables.ts'
import type { Terminal } from './terminal.ts'

/** Who does what the command line asks for. */
const KEEPER = { id: 'command-line', name: text('命令行', 'the command line') }

/** `foreshock train`: learns a model and says how it did. Exit code 1 when it failed. */
export async function trainVerb(ctx: Context, terminal: Terminal, signal: AbortSignal): Promise<void> {
  const notice = await ctx.models.train(KEEPER.id, signal)
  terminal.done()
  terminal.result({ ...notice }, cardText(noticeCard(notice, viewOf(ctx))))
  if (notice.kind === 'model-failed') process.exitCode = 1
}

/** `foreshock evaluate [M-3]`: a model beside the rules on the latest months whose outcome is known. */
export async function evaluateVerb(
  ctx: Context,
  terminal: Terminal,
  word: string | undefined,
): Promise<void> {
  const no = word === undefined ? await modelInUse(ctx) : numberOf(word)
  if (no === null) {
    throw new ForeshockError(
      'NOT_FOUND',
      'No model is in use.',
      'Name one: foreshock evaluate M-3. `foreshock models` lists them; `foreshock train` learns one.',
    )
  }
  const trial = await ctx.models.evaluate(no)
  terminal.done()
  terminal.result({ no, ...trial }, `${modelNo(no)}: ${trialWords(trial, viewOf(ctx))}`)
}

/** `foreshock models`: what judges now, and what else there is. */
export async function modelsVerb(ctx: Context, terminal: Terminal): Promise<void> {
  const shown = await topOfModels(ctx, 1)
  terminal.result({ ...shown }, cardText(modelCard(shown, viewOf(ctx))))
}

export async function promoteVerb(ctx: Context, terminal: Terminal, word: string): Promise<void> {
  const { before, after } = await promote(ctx, numberOf(word), KEEPER)
  told(ctx, terminal, before, after)
}

export async function rollbackVerb(ctx: Context, terminal: Terminal): Promise<void> {
  const { before, after } = await rollback(ctx, KEEPER)
  told(ctx, terminal, before, after)
}

function told(ctx: Context, terminal: Terminal, before: number | null, after: number | null): void {
  const data = { no: after, before, by: KEEPER.name }
  terminal.result({ before, after }, cardText(noticeCard({ kind: 'model-in-use', data }, viewOf(ctx))))
}

function numberOf(word: string): number {
  const found = /^(?:M-?)?(\d{1,9})$/i.exec(word.trim())
  if (found !== null) return Number(found[1])
  throw new ForeshockError(
    'BAD_INPUT',
    `"${word}" is not a model's number.`,
    'Write it like M-3; `foreshock models` lists them.',
  )
}

function viewOf(ctx: Context) {
  const { locale, timeZone } = ctx.config.company
  return { locale, timeZone, now: ctx.clock.now() }
}
