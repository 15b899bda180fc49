import { basename, dirname, join } from 'node:path'
import { topOfModels } from '../../commands/model.ts'
import { adviceWords, modelCard, modelNo, trialWords } from '../../templates/model.ts'
import { noticeCard } from '../../templates/notices.ts'
import type { Context } from '../context.ts'
import { ForeshockError } from '../errors.ts'
import { featureNames } from '../features/feature-list.ts'
import { modelInUse, promote, rollback } from '../judging/promote.ts'
import { readModelNo } from '../learning/model-record.ts'
import { sidecarSchema } from '../learning/sidecar.ts'
import { COMMAND_LINE } from '../records/doer.ts'
import { readModel, writeModel } from '../risk/model-files.ts'
import { text } from '../text.ts'
import { cardText } from './tables.ts'
import type { Terminal } from './terminal.ts'

/** Who does what the command line asks for. */
const KEEPER = { id: COMMAND_LINE, name: text('命令行', 'the command line') }

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
  const view = viewOf(ctx)
  const words = [`${modelNo(no)}: ${trialWords(trial, view)}`, ...adviceWords(trial, view)]
  terminal.result({ no, ...trial }, words.join('\n'))
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

/** `foreshock adopt FILE.onnx`: a model made elsewhere, with its description FILE.json beside it. */
export async function adoptVerb(ctx: Context, terminal: Terminal, file: string): Promise<void> {
  const usedOn = { profile: ctx.profile.name, features: featureNames(ctx.profile) }
  const files = await readModel(dirname(file), basename(file, '.onnx'), usedOn)
  const adopted = await ctx.models.adopt(files, KEEPER.id)
  terminal.done()
  terminal.result({ ...adopted }, cardText(noticeCard({ kind: 'model-trained', data: adopted }, viewOf(ctx))))
}

/** `foreshock export M-3 [FOLDER]`: the ONNX file, its description and the model card. */
export async function exportVerb(
  ctx: Context,
  terminal: Terminal,
  word: string,
  folder: string,
): Promise<void> {
  const no = numberOf(word)
  const [record, file] = [await ctx.store.models.get(no), await ctx.store.models.onnx(no)]
  if (record === null || file === null) {
    throw new ForeshockError(
      'NOT_FOUND',
      `There is no model ${modelNo(no)}.`,
      '`foreshock models` lists them.',
    )
  }
  const { sha256: _, ...about } = sidecarSchema.parse(record.sidecar)
  const name = `${about.name}-${modelNo(no).toLowerCase()}`
  await writeModel(folder, file, { ...about, name })
  const paths = ['onnx', 'json', 'md'].map((ending) => join(folder, `${name}.${ending}`))
  terminal.result({ no, files: paths }, paths.join('\n'))
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
  const no = readModelNo(word)
  if (no !== null) return no
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
