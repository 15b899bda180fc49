import type { JourneyRule, StageRules } from '../voice/journey.ts'

/**
 * The journey stage of a voice as SQL: the first rule that fits. Its values are literals: the rules come from a file that
 * was checked, and a statement's places for values are taken.
 */
export function stageSql({ journey: { rules }, cancelled }: StageRules, at: StageColumns): string {
  const cases = rules.slice(0, -1).map((rule) => {
    return `WHEN ${conditionsOf(rule, cancelled, at).join(' AND ')} THEN ${quoted(rule.stage)}`
  })
  const last = quoted(rules.at(-1)!.stage)
  return cases.length === 0 ? last : `(CASE ${cases.join(' ')} ELSE ${last} END)`
}

/** Whether a voice is of this stage. */
export function stageIs(rules: StageRules, stage: string, at: StageColumns): string {
  return `${stageSql(rules, at)} = ${quoted(stage)}`
}

/** Expressions of a statement. */
export interface StageColumns {
  readonly at: string
  readonly customer: string
  readonly channel: string
  readonly words: string
  readonly firstPurchase: string
}

function conditionsOf(
  { words, cancelled: within, due, before, after, within: young, channels }: JourneyRule,
  cancelled: readonly string[],
  { at, customer, channel, words: said, firstPurchase }: StageColumns,
): string[] {
  return [
    ...(words === undefined ? [] : [`coalesce(${said} && ${textArray(words)}, false)`]),
    ...(within === undefined
      ? []
      : [
          `EXISTS (SELECT 1 FROM event x WHERE x.customer = ${customer} AND x.kind = ANY(${textArray(cancelled)})
            AND x.at <= ${at} AND x.at > ${at} - make_interval(days => ${within}))`,
        ]),
    // Any day that was ever said of it: one that has been moved on since was due then all the same. As text, for not
    // everything that is called a date is one.
    ...(due === undefined
      ? []
      : [
          `EXISTS (SELECT 1 FROM customer_attribute a WHERE a.customer = ${customer} AND a.name = ANY(${textArray(due)})
            AND a.value #>> '{}' BETWEEN ${dayAway(at, -after)} AND ${dayAway(at, before)})`,
        ]),
    ...(young === undefined
      ? []
      : [
          `coalesce(${at} >= ${firstPurchase} AND ${at} < ${firstPurchase} + make_interval(days => ${young}), false)`,
        ]),
    ...(channels === undefined ? [] : [`${channel} = ANY(${textArray(channels)})`]),
  ]
}

function dayAway(at: string, days: number): string {
  return `to_char((${at} + make_interval(days => ${days})) AT TIME ZONE 'UTC', 'YYYY-MM-DD')`
}

/** Words as a literal of SQL; they come from files that were checked. */
export function textArray(words: readonly string[]): string {
  return `ARRAY[${words.map(quoted).join(', ')}]::text[]`
}

/** Words of a file as a literal of SQL. */
function quoted(words: string): string {
  return `'${words.replaceAll("'", "''")}'`
}

/** Joins that give a voice `v` what its stage is told from. */
export const STAGE_JOINS = `LEFT JOIN feedback jf ON jf.id = v.id LEFT JOIN voice_reading jr ON jr.id = v.id`

/** With these joins and its customer as `c`. */
export const JOINED: StageColumns = {
  ...{ at: 'v.at', customer: 'v.customer', channel: 'jf.channel', words: 'jr.words' },
  firstPurchase: 'c.first_purchase',
}
