import { type Answered, type Asked, vendorServer } from './server.ts'

type Row = Record<string, unknown> & { Id: string; SystemModstamp: string }

/** Salesforce's REST API as far as it is read: sessions that run out, SOQL by keyset, pages behind a locator. */
export async function fakeSalesforce(pageSize = 4) {
  const rows = new Map<string, Row>()
  const fields = [{ name: 'Id' }, { name: 'Email' }, { name: 'AccountId', relationshipName: 'Account' }]
  const locators = new Map<string, Row[]>()
  const grants: string[] = []
  const uses = { left: Number.POSITIVE_INFINITY }
  const page = (all: Row[]): Answered => {
    const [records, rest] = [all.slice(0, pageSize), all.slice(pageSize)]
    if (rest.length === 0) return { json: { done: true, records } }
    const nextRecordsUrl = `/services/data/v60.0/query/01g${locators.size}-${pageSize}`
    locators.set(nextRecordsUrl, rest)
    return { json: { done: false, nextRecordsUrl, records } }
  }
  const answer = ({ path, query, body, headers }: Asked): Answered => {
    if (path === '/services/oauth2/token') {
      grants.push(String(body['grant_type']))
      if (body['client_secret'] !== 'sf-good')
        return { status: 400, json: { error: 'invalid_client', error_description: 'invalid client sf-bad' } }
      return { json: { access_token: `session-${grants.length}`, instance_url: 'https://elsewhere.example' } }
    }
    uses.left -= 1
    if (headers.authorization !== `Bearer session-${grants.length}` || uses.left < 0) {
      uses.left = Number.POSITIVE_INFINITY
      return { status: 401, json: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired' }] }
    }
    if (path.endsWith('/describe')) return { json: { fields } }
    return page(locators.get(path) ?? selected([...rows.values()], query.get('q')!))
  }
  return { server: await vendorServer(answer), rows, fields, grants, uses }
}

const QUERY =
  /^SELECT (.+) FROM \w+(?: WHERE SystemModstamp (?:>= (\S+)|> (\S+) OR \(SystemModstamp = \S+ AND Id > '(\w+)'\)))? ORDER BY SystemModstamp, Id$/

function selected(rows: readonly Row[], soql: string): Row[] {
  const [, names, since, behind, above] = QUERY.exec(soql) ?? []
  if (names === undefined) throw new Error(`not the SOQL this fake knows: ${soql}`)
  const time = (row: Row) => Date.parse(row.SystemModstamp)
  return rows
    .filter((row) => since === undefined || time(row) >= Date.parse(since))
    .filter((row) => {
      if (behind === undefined) return true
      return time(row) > Date.parse(behind) || (time(row) === Date.parse(behind) && row.Id > above!)
    })
    .sort((a, b) => time(a) - time(b) || (a.Id < b.Id ? -1 : 1))
    .map((row) => only(row, names.split(', ')))
}

function only(row: Row, names: readonly string[]): Row {
  const kept = names.map((name) => name.split('.')[0]!).map((name) => [name, row[name] ?? null])
  return { attributes: {}, ...Object.fromEntries(kept) }
}
