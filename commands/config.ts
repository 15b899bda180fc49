import type { Command } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import {
  parseSetting,
  type SettingDefinition,
  storedSetting,
  writtenSetting,
} from '../src/settings/setting.ts'
import { refuseClash, SETTINGS, type Settings } from '../src/settings/settings.ts'
import { text } from '../src/text.ts'
import { CONFIG_PAGE, configCard, type SettingLine, type SettingShown } from '../templates/config.ts'
import { writeLike } from '../templates/usage.ts'
import { answer, nameOf } from './case/move.ts'
import { pageOf, parsePage } from './case/page.ts'
import { type HistoryWords, history, parseHistory } from './settings/history.ts'
import { takeBack } from './settings/take-back.ts'
import { unknownSetting } from './settings/unknown.ts'

export type ConfigWords =
  | { readonly act: 'list'; readonly page: number }
  | { readonly act: 'get' | 'undo'; readonly setting: SettingDefinition }
  | { readonly act: 'set'; readonly setting: SettingDefinition; readonly value: string }
  | HistoryWords

export const config: Command<ConfigWords> = {
  name: 'config',
  summary: text(
    '查看或修改设置；undo 撤回上一次修改',
    'See or change settings; undo takes the last change back',
  ),
  usage: 'config [get NAME | set NAME VALUE | undo NAME | history]',
  role: 'admin',
  takes: 'setting',
  parse: parseConfigWords,
  run: async (ctx, request) => {
    const { args, by } = request
    if (args.act === 'list') {
      const { rows, ...place } = pageOf(SETTINGS, args.page, CONFIG_PAGE)
      return answer(ctx, request, configCard, { kind: 'list', settings: await lines(ctx, rows), ...place })
    }
    if (args.act === 'history') return history(ctx, request, args)
    if (args.act === 'get')
      return answer(ctx, request, configCard, { kind: 'get', setting: await shown(ctx, args.setting) })
    const before = line(args.setting, await ctx.settings())
    if (args.act === 'set') await set(ctx, args.setting, args.value, by.id)
    else await undo(ctx, args.setting, by.id)
    const setting = await shown(ctx, args.setting)
    return answer(ctx, request, configCard, { kind: 'set', setting, before: before.value })
  },
}

export function parseConfigWords(words: string): ConfigWords {
  const [act = 'list', name = '', ...rest] = words.trim().split(/\s+/).filter(Boolean)
  const page = /^(?:list\s*)?((?:page|第)?\s*\d*\s*页?)$/i.exec(words.trim())
  if (page !== null) return { act: 'list', ...parsePage(page[1]!, 'config') }
  if (act === 'history') return parseHistory([name, ...rest].join(' '))
  if (act !== 'get' && act !== 'set' && act !== 'undo') {
    throw new ForeshockError(
      'BAD_INPUT',
      text(`config 没有“${act}”这个用法。`, `config does not know "${act}".`),
      writeLike(config.usage),
    )
  }
  const setting = SETTINGS.find((each) => each.name === name.toLowerCase())
  if (setting === undefined) {
    throw unknownSetting(
      name,
      SETTINGS.map((each) => each.name),
    )
  }
  return act === 'set' ? { act, setting, value: rest.join(' ') } : { act, setting }
}

async function set(ctx: Context, setting: SettingDefinition, words: string, by: string): Promise<void> {
  const settings = await ctx.settings()
  const present = settings.value(setting.name)
  const value = parseSetting(setting, words, present)
  refuseClash(setting.name, value, settings)
  // Nothing is written for nothing: undo then still takes back the last real change.
  if (value === present) return
  await ctx.store.transaction((tables) => tables.settings.set(setting.name, value, by, ctx.clock.now()))
}

/** What a value goes back to may lie beyond what was set beside it meanwhile. */
async function undo(ctx: Context, setting: SettingDefinition, by: string): Promise<void> {
  const settings = await ctx.settings()
  await takeBack(ctx, setting.name, by, (before) =>
    refuseClash(setting.name, storedSetting(setting, before) ?? setting.initial, settings),
  )
}

async function lines(ctx: Context, settings: readonly SettingDefinition[]): Promise<SettingLine[]> {
  const present = await ctx.settings()
  return settings.map((each) => line(each, present))
}

function line(setting: SettingDefinition, present: Settings): SettingLine {
  return {
    name: setting.name,
    about: setting.about,
    value: writtenSetting(setting, present.value(setting.name)),
    standard: writtenSetting(setting, setting.initial),
  }
}

/** Whoever took a change back has changed it, too: at its default it need not stand untouched. */
async function shown(ctx: Context, setting: SettingDefinition): Promise<SettingShown> {
  const [last] = await ctx.store.settings.changes(setting.name, 1)
  const changed = last === undefined ? null : { by: nameOf(ctx, last.by)!, at: last.at }
  return { ...line(setting, await ctx.settings()), changed }
}
