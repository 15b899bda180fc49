import { createServer } from 'node:net'
import { DEAD_REASON } from '../../templates/delivery.ts'
import { openGuard } from '../chat/console/guard.ts'
import { systemClock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Context } from '../context.ts'
import { isExpected } from '../errors.ts'
import type { FieldCount } from '../features/completeness.ts'
import { authorisationOf } from '../features/kind-tree.ts'
import type { Log } from '../log.ts'
import { openForeshock } from '../main.ts'
import { cronOf } from '../scheduler.ts'
import { inBoth, percentReached, type Text } from '../text.ts'
import type { Segmenter } from '../voice/terms.ts'
import { accountOf, webhookKeys } from './connect.ts'
import { ingestFindings } from './ingest-check.ts'
import { outgoingFindings } from './outgoing-check.ts'
import { keepLines } from './retention-verb.ts'
import { PLAIN } from './segmenter.ts'

/** One thing that was looked at. */
export interface Finding {
  readonly about: string
  readonly ok: boolean
  readonly detail: string
  /** Worth knowing, but nothing that has to be mended before a start. */
  readonly note?: true
}

/** Looks at everything a start needs and says what is wrong, all of it in one go. */
export async function examine(config: Config, log: Log): Promise<Finding[]> {
  return [
    { about: `configuration ${config.file}`, ok: true, detail: '' },
    schedule(config),
    routes(config),
    await port(config),
    door(config),
    ...(await platforms(config, log)),
    ...(await inside(config, log)),
  ]
}

function schedule({ schedule: lines, company }: Config): Finding {
  const faults = Object.entries(lines).flatMap(([job, line]) => {
    try {
      cronOf(job, line, company.timeZone)
      return []
    } catch (error) {
      if (!isExpected(error)) throw error
      return [error.explain('en')]
    }
  })
  return { about: 'schedule', ok: faults.length === 0, detail: faults.join(' ') }
}

/** A tier that no channel takes has nowhere to show its cards. */
function routes({ channels }: Config): Finding {
  const lost = (['P0', 'P1', 'P2'] as const).filter(
    (tier) => !channels.some(({ tiers }) => tiers.includes(tier)),
  )
  const detail =
    lost.length === 0
      ? ''
      : `no channel shows ${lost.join(', ')}: add ${lost.length === 1 ? 'it' : 'them'} to the tiers of a channel`
  return { about: 'channels', ok: lost.length === 0, detail }
}

async function port({ server: { host, port: number } }: Config): Promise<Finding> {
  const about = `port ${number} on ${host}`
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', ({ code }: NodeJS.ErrnoException) =>
      resolve({ about, ok: false, detail: portFault(code) }),
    )
    probe.listen(number, host, () => probe.close(() => resolve({ about, ok: true, detail: '' })))
  })
}

/** The console as others could open it: beyond this machine it takes a token. */
function door({ server: { host, token } }: Config): Finding {
  const about = `console on ${host}`
  try {
    openGuard(host, token, systemClock)
    return { about, ok: true, detail: token === null ? '' : 'opened by FORESHOCK_CONSOLE_TOKEN' }
  } catch (error) {
    if (!isExpected(error)) throw error
    return { about, ok: false, detail: error.explain('en') }
  }
}

function portFault(code: string | undefined): string {
  if (code === 'EADDRINUSE')
    return 'in use, perhaps by Foreshock itself; else set FORESHOCK_PORT or server.port to a free one'
  if (code === 'EACCES') return 'needs more rights; set FORESHOCK_PORT or server.port to one above 1023'
  return `cannot be listened on (${code}); set FORESHOCK_HOST or server.host to an address of this machine`
}

/** Asks the platforms themselves: tokens, scopes, the bot in its channels. */
async function platforms({ access, channels }: Config, log: Log): Promise<Finding[]> {
  const of = (name: string) => channels.flatMap(({ chat, id, to }) => (chat === name ? [to ?? id] : []))
  const asked: { about: string; ok: boolean; says: Text; note?: true }[] = []
  try {
    if (access.slack !== null) {
      const { examineSlack } = await import('../chat/slack/examine.ts')
      const { botToken: token, ...rest } = access.slack
      asked.push(...(await examineSlack({ token, ...rest, channels: of('slack'), log })))
    }
    if (access.lark !== null) {
      const { examineLark } = await import('../chat/lark/examine.ts')
      const setup = { ...accountOf(access.lark), webhook: webhookKeys(access.lark) }
      asked.push(...(await examineLark({ ...setup, channels: of('lark'), clock: systemClock, log })))
    }
  } catch (error) {
    if (!isExpected(error)) throw error
    asked.push({ about: 'chat platforms', ok: false, says: inBoth((locale) => error.explain(locale)) })
  }
  return asked.map(({ says, ...finding }) => ({ ...finding, detail: says.en }))
}

/** Data quality against its targets; before the first pull there is nothing to judge. */
async function quality(ctx: Context): Promise<Finding[]> {
  if ((await ctx.store.customers.count()) === 0) return []
  const findings = await ctx.quality()
  const filled = (field: FieldCount): string => `${field.label.en} ${percentReached(field.filled / field.of)}`
  return findings.map(({ ok, says, fields }) => ({
    about: 'data quality',
    ok: true,
    detail: [says.en, ...(fields.length === 0 ? [] : [`Filled: ${fields.map(filled).join(', ')}.`])].join(
      ' ',
    ),
    ...(ok ? {} : { note: true as const }),
  }))
}

/** Storms, failing sources and the week's report must reach somebody. */
async function notices(ctx: Context): Promise<Finding> {
  const told = (await ctx.routes()).filter((route) => route.notices)
  if (told.length > 0) {
    const detail = told.map(({ chat, id }) => `${chat}/${id}`).join(', ')
    return { about: 'notices', ok: true, detail: `go to ${detail}` }
  }
  const detail =
    'no channel takes the week’s report, failing sources and reports about the model: set notices: true on one, or call the bot into one'
  return { about: 'notices', ok: true, note: true, detail }
}

/** What did not arrive, and what cannot be told for sure. */
async function delivery(ctx: Context): Promise<Finding[]> {
  const { dead, failing, repeated, unheard } = await ctx.store.delivery.state(ctx.clock.now())
  const notes = [
    ...failing.map(
      ({ chat, channel, error, count }) => `${count} to ${chat}/${channel} tried again and again: ${error}`,
    ),
    ...(repeated > 0 ? [`${repeated} messages may stand in the chat twice`] : []),
    ...(unheard > 0 ? [`${unheard} requests of people could not be worked on`] : []),
  ]
  return [
    ...dead.map(({ chat, channel, reason, error, count }) => ({
      about: `delivery to ${chat}/${channel}`,
      ok: false,
      detail: `${count} did not arrive: ${DEAD_REASON[reason].en} (${error}); then type: delivery retry`,
    })),
    ...notes.map((detail) => ({ about: 'delivery', ok: true, detail, note: true as const })),
  ]
}

/** Money that counts nowhere, for there are no exchange rates. */
async function money(ctx: Context): Promise<Finding[]> {
  const { currency: own } = ctx.config.company
  return (await ctx.store.reports.foreignMoney()).map(({ currency, amounts, ltvs }) => ({
    about: `money in ${currency}`,
    ok: true,
    note: true as const,
    detail:
      `${amounts} amounts of events and ${ltvs} lifetime values are kept, and count nowhere: the company counts in ${own}. ` +
      `Map a column in ${own}, or have the source convert; if they are ${own}, mend \`currency\` of the mapping`,
  }))
}

/** Events that count nowhere until the customer's authorisation is on record. */
async function unauthorised({ profile, store }: Context): Promise<Finding[]> {
  const kinds = Object.keys(profile.kinds)
  const needed = new Set(kinds.flatMap((kind) => authorisationOf(profile, kind) ?? []))
  const findings: Finding[] = []
  for (const attribute of needed) {
    const own = kinds.filter((kind) => authorisationOf(profile, kind) === attribute)
    const count = await store.reports.unauthorised(own, attribute)
    if (count === 0) continue
    const detail = `${count} events count nowhere, for their customers’ attribute ${attribute} does not say yes: map it, or leave these events out`
    findings.push({ about: `authorisation ${attribute}`, ok: true, note: true, detail })
  }
  return findings
}

/** What cuts words for search. */
export function segmenterFinding({ name }: Pick<Segmenter, 'name'>): Finding {
  const about = 'search'
  if (name !== PLAIN) return { about, ok: true, detail: `words are cut by ${name}` }
  const detail =
    'Jieba does not load on this machine, so Chinese is looked for by its characters; `npm ci` on this platform mends it'
  return { about, ok: true, note: true, detail }
}

/** One finding a line; each begins with the source's name, which stands before them all. */
function lines(said: readonly string[], source: string): string {
  return said.map((each) => each.replace(`${source}: `, '')).join('\n      ')
}

async function inside(config: Config, log: Log): Promise<Finding[]> {
  const findings: Finding[] = []
  try {
    const program = await openForeshock({ config, log })
    try {
      const { ctx } = program
      findings.push({ about: 'database', ok: true, detail: `${await ctx.store.customers.count()} customers` })
      findings.push({ about: `profile ${ctx.profile.name}`, ok: true, detail: '' })
      for (const source of ctx.sources) {
        const notes: string[] = []
        const faults = await source.check((says) => notes.push(says))
        const about = `source ${source.name}`
        findings.push({ about, ok: faults.length === 0, detail: lines(faults, source.name) })
        if (notes.length > 0)
          findings.push({ about, ok: true, note: true, detail: lines(notes, source.name) })
      }
      for (const { source, pulledAt, report } of await ctx.store.sources.reports()) {
        const failure = (report as { failure?: string | null } | null)?.failure ?? null
        const when = pulledAt === null ? 'never pulled' : `pulled ${pulledAt.toISOString()}`
        findings.push({ about: `last pull of ${source}`, ok: failure === null, detail: failure ?? when })
      }
      const keep = await keepLines(ctx)
      findings.push(...keep.map((detail) => ({ about: 'retention', ok: true, note: true as const, detail })))
      findings.push(segmenterFinding(ctx.voice.segmenter))
      findings.push(await notices(ctx), ...ingestFindings(ctx), ...(await outgoingFindings(ctx)))
      findings.push(
        ...(await quality(ctx)),
        ...(await money(ctx)),
        ...(await unauthorised(ctx)),
        ...(await delivery(ctx)),
      )
    } finally {
      await program.close()
    }
  } catch (error) {
    if (!isExpected(error)) throw error
    findings.push({ about: 'opening', ok: false, detail: error.explain('en') })
  }
  return findings
}
