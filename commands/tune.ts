import type { Command, Reply, Request } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import { otherAdvice } from '../src/judging/advice.ts'
import { modelInUse } from '../src/judging/promote.ts'
import { nearest, suggestion } from '../src/nearest.ts'
import {
  parseSetting,
  type SettingDefinition,
  type SettingValue,
  writtenSetting,
} from '../src/settings/setting.ts'
import { refuseClash, SETTINGS, settingsFrom } from '../src/settings/settings.ts'
import { text } from '../src/text.ts'
import { TUNED, tuneForm } from '../templates/form-tune.ts'
import { tuneAskNote, tuneCard, tunedCard } from '../templates/tune.ts'
import { answer } from './case/move.ts'
import { REPLAY_DAYS, tryOut } from './settings/replay.ts'

export interface TuneWords {
  readonly setting: SettingDefinition
  readonly value: string
  /** True: it was previewed, and is to hold from now on. */
  readonly confirmed: boolean
}

export const tune: Command<TuneWords | null> = {
  name: 'tune',
  summary: text(
    '调阈值：先重放过去 90 天给你看，确认后才生效',
    'Tune a threshold: replays the last 90 days first, applies when you confirm',
  ),
  usage: 'tune p0|p1|p2|watch|words|value|capacity 0.8',
  role: 'admin',
  parse: parseTune,
  run: async (ctx, request) => {
    const { form } = request
    const words = form === null ? request.args : parseTune(`${form['name'] ?? ''} ${form['value'] ?? ''}`)
    if (words === null) return ask(ctx, request)
    return words.confirmed ? apply(ctx, request, words) : preview(ctx, request, words)
  },
}

/** @throws ForeshockError NOT_FOUND for what cannot be tuned, BAD_INPUT for too few words */
export function parseTune(words: string): TuneWords | null {
  const [name = '', value = '', confirm = '', ...rest] = words
    .trim()
    .split(/[\s=]+/)
    .filter(Boolean)
  if (name === '') return null
  const short = name.toLowerCase()
  const tuned = TUNED.find((each) => each.word === short || each.setting === short)
  if (tuned === undefined) throw unknown(name)
  const confirmed = /^(?:confirm|确认)$/i.test(confirm)
  if (value === '' || rest.length > 0 || (confirm !== '' && !confirmed)) {
    throw new ForeshockError(
      'BAD_INPUT',
      value === ''
        ? text(`没写 ${short} 要改成多少。`, `The new value of ${short} is missing.`)
        : text('只写一项和它的新值。', 'One name and its new value, no more.'),
      text(`这样写：tune ${short} 0.8`, `Write it like this: tune ${short} 0.8`),
    )
  }
  const setting = SETTINGS.find((each) => each.name === tuned.setting)!
  return { setting, value, confirmed }
}

function unknown(name: string): ForeshockError {
  const words = TUNED.map(({ word }) => word)
  if (/^[\d.]+%?$/.test(name))
    return new ForeshockError(
      'BAD_INPUT',
      text('没写调哪一项。', 'Which threshold?'),
      text(
        `这样写：tune p0 ${name}。可以调：${words.join('、')}。`,
        `Write it like this: tune p0 ${name}. What can be tuned: ${words.join(', ')}.`,
      ),
    )
  const near = nearest(name, words)
  return new ForeshockError(
    'NOT_FOUND',
    text(`“${name}”不能用 tune 调。`, `"${name}" cannot be tuned.`),
    near === null
      ? text(
          `可以调：${words.join('、')}。其他设置用 config set。`,
          `Tune one of ${words.join(', ')}; everything else with config set.`,
        )
      : suggestion(near),
  )
}

async function ask(ctx: Context, request: Request<unknown>): Promise<Reply> {
  const settings = await ctx.settings()
  const present = new Map(TUNED.map(({ word, setting }) => [word, String(settings.value(setting))]))
  const form = { zh: tuneForm('zh', present), en: tuneForm('en', present) }
  const advice = (await otherAdvice(ctx)).filter(({ about }) => about.kind === 'setting')
  return { ...answer(ctx, request, tuneAskNote, { advice }), form }
}

/** What the setting would have changed; changes nothing. */
async function preview(ctx: Context, request: Request<unknown>, words: TuneWords): Promise<Reply> {
  const { setting } = words
  const { present, value } = await readValue(ctx, words)
  const stored = await ctx.store.settings.all()
  const { timeZone } = ctx.config.company
  const proposed = settingsFrom(new Map<string, unknown>([...stored, [setting.name, value]]), timeZone)
  const trial = value === present ? null : await tryOut(ctx, settingsFrom(stored, timeZone), proposed)
  return answer(ctx, request, tuneCard, {
    ...changeOf(setting, present, value),
    word: TUNED.find((each) => each.setting === setting.name)!.word,
    trial,
    days: REPLAY_DAYS,
    judgedByModel: (await modelInUse(ctx)) !== null,
    names: new Map(ctx.people.all.map(({ id, name }) => [id, name])),
  })
}

async function apply(ctx: Context, request: Request<unknown>, words: TuneWords): Promise<Reply> {
  const { setting } = words
  const { present, value } = await readValue(ctx, words)
  // Pressed twice, or set meanwhile: nothing is written for nothing.
  if (value !== present) {
    const at = ctx.clock.now()
    await ctx.store.transaction((tables) => tables.settings.set(setting.name, value, request.by.id, at))
  }
  return answer(ctx, request, tunedCard, changeOf(setting, present, value))
}

/** @throws ForeshockError BAD_INPUT for a value that the setting, or one beside it, does not allow */
async function readValue(
  ctx: Context,
  { setting, value: said }: TuneWords,
): Promise<{ readonly present: SettingValue; readonly value: SettingValue }> {
  const settings = await ctx.settings()
  const present = settings.value(setting.name)
  const value = parseSetting(setting, said, present)
  refuseClash(setting.name, value, settings)
  return { present, value }
}

function changeOf(setting: SettingDefinition, present: SettingValue, value: SettingValue) {
  const { name, about } = setting
  return {
    name,
    about,
    before: writtenSetting(setting, present),
    after: writtenSetting(setting, value),
    value: String(value),
  }
}
