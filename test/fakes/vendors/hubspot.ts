import { type Answered, type Asked, vendorServer } from './server.ts'

type Properties = Record<string, string | null>
interface Filter {
  readonly propertyName: string
  readonly operator: 'EQ' | 'GT' | 'GTE'
  readonly value: string
}

/** HubSpot's CRM as far as it is read: searches sorted by one property alone, ties in no order, 10,000 rows at most. */
export async function fakeHubspot() {
  const objects = new Map<string, Properties>()
  const archived: string[] = []
  const contactOf = new Map<string, string[]>()
  const answer = ({ path, body, headers }: Asked): Answered => {
    if (headers.authorization !== 'Bearer pat-good')
      return {
        status: 401,
        json: { status: 'error', message: 'Authentication credentials not found: pat-bad' },
      }
    if (path.endsWith('/search')) return { json: { results: searched(objects, body) } }
    if (path.startsWith('/crm/v3/properties/')) return { json: { results: NAMES.map((name) => ({ name })) } }
    if (path.endsWith('/batch/read')) return { json: { results: linked(contactOf, body) } }
    return { json: { results: archived.map((id) => ({ id, archived: true })) } }
  }
  return { server: await vendorServer(answer), objects, archived, contactOf }
}

const NAMES = [
  ...['hs_object_id', 'email', 'lastmodifieddate', 'hs_lastmodifieddate', 'hs_full_name_or_email'],
  ...[
    'hs_calculated_phone_number',
    'total_revenue',
    'closedate',
    'amount_in_home_currency',
    'hs_is_closed_won',
  ],
]

function searched(objects: ReadonlyMap<string, Properties>, body: Record<string, unknown>) {
  const { filterGroups, sorts, limit, properties } = body as {
    filterGroups: { filters: Filter[] }[]
    sorts: { propertyName: string }[]
    limit: number
    properties: string[]
  }
  if (sorts.length !== 1 || limit > 200) throw new Error('HubSpot refuses this search')
  const by = sorts[0]!.propertyName
  const filters = filterGroups[0]?.filters ?? []
  const found = [...objects]
    .filter(([, own]) => filters.every((filter) => holds(own, filter)))
    .sort(
      ([id, a], [other, b]) =>
        comparable(a[by]!) - comparable(b[by]!) || (Number(other) % 7) - (Number(id) % 7),
    )
  return found.slice(0, Math.min(limit, 10_000)).map(([id, own]) => ({
    id,
    properties: Object.fromEntries(properties.map((name) => [name, own[name] ?? null])),
  }))
}

function comparable(value: string): number {
  return /^\d+$/.test(value) ? Number(value) : Date.parse(value)
}

function holds(own: Properties, { propertyName, operator, value }: Filter): boolean {
  const [left, right] = [comparable(own[propertyName]!), comparable(value)]
  if (operator === 'EQ') return left === right
  return operator === 'GT' ? left > right : left >= right
}

function linked(contactOf: ReadonlyMap<string, string[]>, body: Record<string, unknown>) {
  return (body['inputs'] as { id: string }[]).flatMap(({ id }) =>
    contactOf.has(id)
      ? [
          {
            from: { id },
            to: contactOf.get(id)!.map((toObjectId, index) => ({
              toObjectId,
              associationTypes: [{ label: index === 1 ? 'Primary' : null }],
            })),
          },
        ]
      : [],
  )
}

export const DAY_IS_SPENT: Answered = {
  status: 429,
  json: { policyName: 'DAILY', message: 'You have reached your daily limit.' },
}

export const SCOPE_IS_MISSING: Answered = {
  status: 403,
  json: {
    message: 'This app hasn’t been granted all required scopes',
    errors: [{ context: { requiredGranularScopes: ['crm.objects.deals.read'] } }],
  },
}
