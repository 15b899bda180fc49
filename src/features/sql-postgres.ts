import { DAY } from '../clock.ts'
import type { Dialect } from './sql.ts'

/** Further back than any event: rolling days are counted from there, so that none lies before their origin. */
const LONG_AGO = 100_000 * DAY

const instant = (milliseconds: number): string => `TIMESTAMPTZ '${new Date(milliseconds).toISOString()}'`
const only = (where: string): string => `FILTER (WHERE ${where})`
const ofRows = (fn: string, what: string, where: string): string => `${fn}(${what}) ${only(where)}`
/** Days a difference of two points in time is long. Its seconds are exact decimals until the division. */
const inDays = (difference: string): string => `extract(epoch FROM ${difference})::float8 / 86400::float8`

/** PostgreSQL 15 and later, embedded (PGlite) or a server. Measures are double precision, ids in code unit order. */
export const POSTGRES: Dialect = {
  text: (words) => `'${words.replaceAll("'", "''")}'`,
  instant,
  count: (where) => ofRows('count', '*', where),
  days: (where, asOf) =>
    ofRows('count', `DISTINCT date_bin('1 day', at, ${instant(asOf - LONG_AGO)})`, where),
  sum: (measure, where) => ofRows('sum', measure, where),
  mean: (measure, where) => ofRows('avg', measure, where),
  spread: (measure, where) => ofRows('stddev_samp', measure, where),
  share: (measure, where, above) =>
    `${ofRows('count', '*', `${where} AND ${measure} > ${above}`)}::float8 / nullif(${ofRows('count', measure, where)}, 0)`,
  newest: (measure, where, skip, take) => {
    const values = ofRows(
      'array_agg',
      `${measure} ORDER BY at DESC, id DESC`,
      `${where} AND ${measure} IS NOT NULL`,
    )
    return take === 1
      ? `(${values})[${skip + 1}]`
      : `(SELECT avg(value) FROM unnest((${values})[${skip + 1}:${skip + take}]) value)`
  },
  since: (end, where, asOf) =>
    inDays(`${instant(asOf)} - ${ofRows(end === 'newest' ? 'max' : 'min', 'at', where)}`),
  interval: (where) =>
    `${inDays(`${ofRows('max', 'at', where)} - ${ofRows('min', 'at', where)}`)} / nullif(${ofRows('count', '*', where)} - 1, 0)`,
  intervalSpread: (where) => {
    const gap = inDays('at - lag(at) OVER (ORDER BY place)')
    const rows = `unnest(${ofRows('array_agg', 'at ORDER BY at', where)}) WITH ORDINALITY rows(at, place)`
    return `(SELECT stddev_samp(gap) FROM (SELECT ${gap} AS gap FROM ${rows}) gaps)`
  },
}
