import type { Alert } from '../alerts/alert.ts'
import { mutesFrom } from '../alerts/mutes.ts'
import type { Context } from '../context.ts'
import { oddsByCause, oddsFrom } from '../risk/odds.ts'
import type { Odds } from '../risk/priority.ts'
import type { ScoringTerms } from '../risk/scorer.ts'
import type { Settings } from '../settings/settings.ts'
import { RULES_SETTING, type RuleChange, readRuleChanges } from '../signals/rule-changes.ts'
import { LEXICON_SETTING, readChanges } from '../voice/lexicon-changes.ts'

/**
 * What a scoring is held to now: the settings, the words, and what people have judged to be no risk.
 *
 * @param customers who is judged; absent: everyone
 */
export async function scoringTerms(
  ctx: Context,
  customers?: readonly string[],
): Promise<ScoringTerms & Pick<Settings, 'holdout'>> {
  const whose = customers === undefined ? {} : { customers }
  const dismissed = await ctx.store.alerts.list({ states: ['dismissed'], ...whose })
  const stored = await ctx.store.settings.all()
  const unread = (setting: string) => (left: unknown) => {
    // Told by those who judge everyone, not with every voice.
    if (customers === undefined)
      ctx.log.warn({ setting, left: JSON.stringify(left) }, 'a stored change does not read and is left out')
  }
  return {
    ...(await ctx.settings()),
    mutes: mutesFrom(dismissed, await lateOf(ctx, dismissed)),
    lexicon: readChanges(stored.get(LEXICON_SETTING), unread(LEXICON_SETTING)),
    rules: readRuleChanges(stored.get(RULES_SETTING), unread(RULES_SETTING)),
    odds: await oddsNow(ctx, customers === undefined),
  }
}

/** Nobody is asked about where nothing was dismissed. */
async function lateOf({ store: { alerts } }: Context, dismissed: readonly Pick<Alert, 'customer'>[]) {
  return dismissed.length === 0 ? undefined : alerts.late(dismissed.map(({ customer }) => customer))
}

/**
 * What ended cases have taught, read anew each time everyone is judged: whoever is judged in between is beside those, and
 * every ended case need not be read for a single voice.
 */
async function oddsNow({ store: { reports } }: Context, isEveryone: boolean): Promise<Odds> {
  const known = isEveryone ? undefined : learned.get(reports)
  if (known !== undefined) return known
  const odds = oddsByCause(oddsFrom(await reports.settled()))
  learned.set(reports, odds)
  return odds
}

/** By the table they were read from, which is the same one whoever's part of the store is looked at. */
const learned = new WeakMap<Context['store']['reports'], Odds>()

/** What was changed of the rules from chat. */
export async function ruleChanges(ctx: Pick<Context, 'store'>): Promise<readonly RuleChange[]> {
  return readRuleChanges((await ctx.store.settings.all()).get(RULES_SETTING))
}
