import { CLOSED } from '../alerts/alert.ts'
import type { WireHint } from '../chat/console/wire.ts'
import type { CommandInfo, Context } from '../context.ts'
import type { Person } from '../records/person.ts'
import { mayActAs } from '../records/person.ts'
import { SETTINGS } from '../settings.ts'
import { same, text } from '../text.ts'

const MOST = 8

/** What could come next on a half-typed line: a command, or what that command takes. */
export async function completions(ctx: Context, by: Person, line: string): Promise<WireHint[]> {
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
      return caseHints(ctx, stem, words)
    case 'customer':
      return customerHints(ctx, stem, words)
    case 'setting':
      return settingHints(stem, words)
    default:
      return []
  }
}

function commandHints(commands: readonly CommandInfo[], lead: string, typed: string): WireHint[] {
  return commands
    .filter((command) => command.name.startsWith(typed.toLowerCase()))
    .slice(0, typed === '' ? commands.length : MOST)
    .map((command) => ({
      line: `${lead}${command.name}${command.usage === command.name ? '' : ' '}`,
      label: command.usage,
      detail: command.summary,
    }))
}

async function caseHints(ctx: Context, stem: string, words: string): Promise<WireHint[]> {
  const digits = words.replace(/^a-?/i, '')
  if (/\D/.test(digits)) return []
  const cases = await ctx.store.alerts.list({ states: ['open', 'claimed', 'contacted', 'snoozed', 'watch'] })
  const fitting = cases
    .filter((alert) => !CLOSED.includes(alert.state) && String(alert.no).startsWith(digits))
    .slice(0, MOST)
  const customers = await ctx.store.customers.many(fitting.map((alert) => alert.customer))
  return fitting.map((alert) => {
    const customer = customers.get(alert.customer)
    return {
      line: `${stem}A-${alert.no}`,
      label: `A-${alert.no}`,
      detail: same(`${alert.tier} · C-${customer?.no} ${customer?.name ?? ''}`),
    }
  })
}

async function customerHints(ctx: Context, stem: string, words: string): Promise<WireHint[]> {
  if (words === '') return []
  const found = await ctx.store.customers.find(words, MOST)
  return found.map((customer) => ({
    line: `${stem}C-${customer.no}`,
    label: `C-${customer.no}`,
    detail: same(customer.name ?? ''),
  }))
}

function settingHints(stem: string, words: string): WireHint[] {
  const found = /^(get|set|undo)\s+(\S*)$/i.exec(words)
  if (found === null) {
    const acts = [
      { act: 'get', about: text('查看一项设置', 'See one setting') },
      { act: 'set', about: text('修改一项设置', 'Change one setting') },
      { act: 'undo', about: text('撤回上一次修改', 'Take the last change back') },
    ]
    return acts
      .filter(({ act }) => act.startsWith(words.toLowerCase()))
      .map(({ act, about }) => ({ line: `${stem}${act} `, label: act, detail: about }))
  }
  const [, act, name] = found
  return SETTINGS.filter((setting) => setting.name.startsWith(name!.toLowerCase()))
    .slice(0, 12)
    .map((setting) => ({
      line: `${stem}${act} ${setting.name}${act === 'set' ? ' ' : ''}`,
      label: setting.name,
      detail: setting.about,
    }))
}
