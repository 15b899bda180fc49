import { usageIn } from '../../templates/usage.ts'
import { type AlertState, AT_WORK } from '../alerts/alert.ts'
import { TRANSITIONS } from '../alerts/transition.ts'
import type { WireHint } from '../chat/console/wire.ts'
import type { CommandInfo, Context, Takes } from '../context.ts'
import { seenBy } from '../dispatch.ts'
import type { Person } from '../records/person.ts'
import { mayActAs } from '../records/person.ts'
import { SETTINGS } from '../settings/settings.ts'
import { same, type Text, text } from '../text.ts'
import { stormHints } from './storm-hints.ts'

const MOST = 8

/** What could come next on a half-typed line: a command, or what that command takes. */
export async function completions(whole: Context, by: Person, line: string): Promise<WireHint[]> {
  const ctx = seenBy(whole, by)
  const bare = line.replace(/^\/?(churn\s+)?/i, '')
  const lead = line.slice(0, line.length - bare.length)
  const space = bare.search(/\s/)
  const usable = ctx.commands.filter((command) => mayActAs(by.role, command.role))
  if (space < 0) return commandHints(usable, lead, bare)
  const command = usable.find((each) => each.name === bare.slice(0, space).toLowerCase())
  const words = bare.slice(space).trimStart()
  const stem = `${lead}${bare.slice(0, space)} `
  switch (command?.takes) {
    case 'alert':
      return caseHints(ctx, stem, words, CASES_OF.get(command.name) ?? AT_WORK)
    case 'customer':
      return customerHints(ctx, stem, words)
    case 'setting':
      return settingHints(stem, words)
    case 'storms':
      return stormHints(ctx, stem, words)
    case 'source':
      return wordHints(
        stem,
        words,
        ctx.config.sources.map(({ name, type }) => ({ word: name, about: same(type) })),
      )
    case 'command':
      return commandHints(usable, stem, words).map((hint) => ({ ...hint, line: hint.line.trimEnd() }))
    case undefined:
      return []
    default:
      return wordHints(stem, words, NEXT[command!.takes])
  }
}

interface NextWord {
  readonly word: string
  readonly about: Text
}

const TIER_WORDS: readonly NextWord[] = (['P0', 'P1', 'P2'] as const).map((word) => ({
  word,
  about: text(`只看 ${word}`, `${word} only`),
}))

/** Words that may follow a command, by what it takes. */
const NEXT: Readonly<
  Record<
    Exclude<Takes, 'alert' | 'customer' | 'setting' | 'storms' | 'source' | 'command'>,
    readonly NextWord[]
  >
> = {
  digest: [
    { word: 'mine', about: text('今天要办的', 'What today asks of me') },
    { word: 'week', about: text('一周小结', 'The week’s report') },
  ],
  roi: [
    { word: 'last 90d', about: text('近 90 天', 'The last 90 days') },
    { word: 'team', about: text('按客户经理', 'By CSM') },
    { word: 'pilot', about: text('试点关口', 'The pilot’s gate') },
  ],
  review: [
    { word: 'playbooks', about: text('做法复盘', 'Playbooks by outcome') },
    { word: 'churn', about: text('流失与投入产出复盘', 'Churn, return, and who was missed') },
  ],
  ranking: [
    ...TIER_WORDS,
    { word: 'by segment', about: text('按客群分组', 'In groups by segment') },
    { word: 'by store', about: text('按门店分组', 'In groups by store') },
    { word: 'by region', about: text('按区域分组', 'In groups by region') },
    { word: 'by owner', about: text('按负责人分组', 'In groups by owner') },
    { word: 'by product', about: text('按产品分组', 'In groups by product') },
  ],
  stats: [
    { word: 'team', about: text('按客户经理', 'By CSM') },
    { word: 'store', about: text('按门店', 'By store') },
    { word: 'region', about: text('按区域', 'By region') },
    { word: 'jobs', about: text('后台任务', 'Scheduled runs') },
  ],
  tier: TIER_WORDS,
  lexicon: [
    { word: 'list', about: text('查看改动过的词', 'Words that were changed') },
    { word: 'add strong', about: text('加一个明确要走的词', 'Add a word of leaving') },
    { word: 'add competitor', about: text('加一个竞品词', 'Add a competitor') },
    { word: 'add negative', about: text('加一个强烈不满的词', 'Add a word of anger') },
    { word: 'remove', about: text('停用一个词', 'Stop listening for a word') },
    { word: 'test', about: text('看一句话会命中什么', 'What a sentence would hit') },
  ],
  voices: [
    { word: 'label:negative', about: text('只看负面', 'Negative ones only') },
    { word: 'since:30d', about: text('最近 30 天', 'The last 30 days') },
    { word: 'topic:', about: text('某个主题', 'One topic') },
    { word: 'tag:', about: text('提到的部件或事物', 'A part or thing they name') },
    { word: 'class:strong', about: text('明确要走的', 'Ones that want to leave') },
    { word: 'stage:', about: text('某个旅程阶段', 'One stage of the journey') },
    { word: 'site:', about: text('某家门店', 'One store') },
    { word: 'product:', about: text('某个产品', 'One product') },
    { word: 'channel:', about: text('某个渠道', 'One channel') },
    { word: 'customer:', about: text('某位客户', 'One customer') },
  ],
  rule: [
    { word: 'list', about: text('查看全部规则', 'Every rule') },
    { word: 'test', about: text('试一个表达式', 'Try an expression') },
    { word: 'add', about: text('增加一条规则', 'Add a rule') },
    { word: 'change', about: text('改一条规则的条件', 'Change what a rule asks') },
    { word: 'off', about: text('停用一条规则', 'Switch a rule off') },
    { word: 'on', about: text('启用一条规则', 'Switch a rule on') },
    { word: 'remove', about: text('删除自建的规则', 'Remove a rule of your own') },
    { word: 'try', about: text('静默试行改过的规则', 'Try a changed rule without effect') },
    { word: 'undo', about: text('撤回上一次修改', 'Take the last change back') },
  ],
  voc: [
    { word: 'site', about: text('对比门店', 'Stores side by side') },
    { word: 'product', about: text('对比产品', 'Products side by side') },
    { word: 'region', about: text('对比区域', 'Regions side by side') },
    { word: 'segment', about: text('对比客群', 'Segments side by side') },
    { word: 'stage', about: text('对比旅程阶段', 'Journey stages side by side') },
    { word: 'service', about: text('一个话题：服务', 'One topic: service') },
    { word: 'last month', about: text('只看上月', 'Last month only') },
    { word: 'site without promotions', about: text('对比门店，不含促销期', 'Stores, promotions left out') },
  ],
  theme: [
    { word: 'list', about: text('查看全部主题', 'Every theme') },
    { word: 'add', about: text('把话题交给人去改进', 'Hand a topic to whoever mends it') },
    { word: 'done', about: text('记下改好了什么', 'Note what was mended') },
  ],
  calendar: [
    { word: 'list', about: text('查看全部外部事件', 'Every outside event') },
    { word: 'add promotion', about: text('加一段促销', 'Add a promotion') },
    { word: 'add holiday', about: text('加一个节假日', 'Add a holiday') },
    { word: 'add outage', about: text('加一次故障', 'Add an outage') },
    { word: 'remove', about: text('删掉一条', 'Remove one') },
  ],
}

/** A number may stand before the word: `top 20 by`. */
function wordHints(stem: string, words: string, next: readonly NextWord[]): WireHint[] {
  const found = /^(\d+\s+)?(\D\S*(?:\s+\S*)?)?$/.exec(words)
  if (found === null) return []
  const [, number = '', typed = ''] = found
  return next
    .filter(({ word }) => word.toLowerCase().startsWith(typed.toLowerCase()) && word !== typed)
    .slice(0, MOST)
    .map(({ word, about }) => ({ line: `${stem}${number}${word} `, label: same(word), detail: about }))
}

function commandHints(commands: readonly CommandInfo[], lead: string, typed: string): WireHint[] {
  return commands
    .filter((command) => command.name.startsWith(typed.toLowerCase()))
    .slice(0, typed === '' ? commands.length : MOST)
    .map((command) => ({
      line: `${lead}${command.name}${command.usage === command.name ? '' : ' '}`,
      label: text(usageIn(command.usage, 'zh'), command.usage),
      detail: command.summary,
    }))
}

/** A verb of the case is offered the cases it can act on. */
const CASES_OF: ReadonlyMap<string, readonly AlertState[]> = new Map(
  TRANSITIONS.filter(({ role }) => role !== null).map(({ verb, from }) => [verb, from]),
)

async function caseHints(
  ctx: Context,
  stem: string,
  words: string,
  states: readonly AlertState[],
): Promise<WireHint[]> {
  const digits = words.replace(/^a-?/i, '')
  if (/\D/.test(digits)) return []
  const cases = await ctx.store.alerts.list({ states })
  const fitting = cases.filter(({ no }) => String(no).startsWith(digits))
  const customers = await ctx.store.customers.many(fitting.map((alert) => alert.customer))
  const seen = fitting.flatMap((alert) => {
    const customer = customers.get(alert.customer)
    return customer === undefined ? [] : [{ ...alert, customer }]
  })
  return seen.slice(0, MOST).map(({ no, tier, customer }) => ({
    line: `${stem}A-${no}`,
    label: same(`A-${no}`),
    detail: same(`${tier} · C-${customer.no} ${customer.name ?? ''}`),
  }))
}

async function customerHints(ctx: Context, stem: string, words: string): Promise<WireHint[]> {
  if (words === '') return []
  const found = await ctx.store.customers.find(words, MOST)
  return found.map((customer) => ({
    line: `${stem}C-${customer.no}`,
    label: same(`C-${customer.no}`),
    detail: same(customer.name ?? ''),
  }))
}

function settingHints(stem: string, words: string): WireHint[] {
  const found = /^(get|set|undo|history)\s+(\S*)$/i.exec(words)
  if (found === null) {
    const acts = [
      { act: 'get', about: text('查看一项设置', 'See one setting') },
      { act: 'set', about: text('修改一项设置', 'Change one setting') },
      { act: 'undo', about: text('撤回上一次修改', 'Take the last change back') },
      { act: 'history', about: text('谁改过什么', 'Who changed what') },
    ]
    return acts
      .filter(({ act }) => act.startsWith(words.toLowerCase()))
      .map(({ act, about }) => ({ line: `${stem}${act} `, label: same(act), detail: about }))
  }
  const [, act, name] = found
  return SETTINGS.filter((setting) => setting.name.startsWith(name!.toLowerCase()))
    .slice(0, 12)
    .map((setting) => ({
      line: `${stem}${act} ${setting.name}${act === 'set' ? ' ' : ''}`,
      label: same(setting.name),
      detail: setting.about,
    }))
}
