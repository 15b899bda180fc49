import { at, isObject } from '../cells.ts'
import { mappedColumns } from '../row.ts'
import type { Ask } from '../vendor/account.ts'
import { type Keyset, keysetOf, settled } from '../vendor/keyset.ts'
import { listIn } from '../vendor/list.ts'
import { isWanted } from '../vendor/only.ts'
import type { Mark, Page, Stream } from '../vendor/stream.ts'
import type { SalesforceMapping } from './mapping.ts'

export const API = '/services/data/v60.0'

/** Every row that changed or went to the recycle bin, oldest change first. */
export function changedRows(mapping: SalesforceMapping, now: () => Date): Stream {
  return {
    name: mapping.object,
    kinds: [mapping.object],
    pages: (mark, ask) => changes(mapping, now(), mark, ask),
  }
}

async function* changes(
  mapping: SalesforceMapping,
  began: Date,
  mark: Mark | null,
  ask: Ask,
): AsyncGenerator<Page> {
  let keyset = keysetOf(mark, mapping.since)
  let next: string | null = `${API}/queryAll?q=${encodeURIComponent(soql(mapping, keyset))}`
  while (next !== null) {
    const answer: unknown = await ask({ path: next })
    const found = listIn(answer, 'records')
    const last = found.at(-1)
    if (last !== undefined) keyset = { since: changedAt(last), above: String(last['Id']) }
    next = isObject(answer) && typeof answer['nextRecordsUrl'] === 'string' ? answer['nextRecordsUrl'] : null
    const isKept = (row: Record<string, unknown>) => row['IsDeleted'] !== true && isWanted(row, mapping.only)
    yield {
      rows: found
        .filter(isKept)
        .map((row) => ({ kind: mapping.object, id: String(row['Id']), value: flat(row, mapping) })),
      gone: found.filter((row) => !isKept(row)).map(({ Id }) => String(Id)),
      mark: { ...(next === null ? settled(keyset, began) : keyset) },
    }
  }
}

/** One query that can be begun anew behind any of its rows. */
export function soql(mapping: SalesforceMapping, { since, above }: Keyset): string {
  const fields = new Set(['Id', 'IsDeleted', 'SystemModstamp', ...wantedFields(mapping)])
  const where =
    since === null
      ? ''
      : above === undefined
        ? ` WHERE SystemModstamp >= ${since}`
        : ` WHERE SystemModstamp > ${since} OR (SystemModstamp = ${since} AND Id > '${above.replace(/\W/g, '')}')`
  return `SELECT ${[...fields].join(', ')} FROM ${mapping.object}${where} ORDER BY SystemModstamp, Id`
}

/** Fields that the mapping reads, each once; `Account.Name` is one of the account it belongs to. */
export function wantedFields(mapping: SalesforceMapping): string[] {
  return [...new Set([...mappedColumns(mapping), ...Object.keys(mapping.only ?? {})])]
}

/** A field of another object by its whole name: where there is none, it is empty, not unknown. */
function flat(row: Record<string, unknown>, mapping: SalesforceMapping): Record<string, unknown> {
  const far = wantedFields(mapping).filter((field) => field.includes('.'))
  return { ...row, ...Object.fromEntries(far.map((field) => [field, at(row, field) ?? null])) }
}

function changedAt(row: Readonly<Record<string, unknown>>): string {
  return new Date(String(row['SystemModstamp'])).toISOString()
}
