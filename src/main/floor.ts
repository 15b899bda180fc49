import { commands } from '../../commands/index.ts'
import type { Alert } from '../alerts/alert.ts'
import { HOUR } from '../clock.ts'
import type { Context } from '../context.ts'
import type { Company } from '../demo/company.ts'
import { STAFF } from '../demo/people.ts'
import type { CustomerRow } from '../demo/rows.ts'
import type { Act, BoardCase } from '../demo/staff.ts'
import { openStaff } from '../demo/staff.ts'
import { dispatch } from '../dispatch.ts'

/** The scripted staff at their cards: each call lets everybody do an hour's work, once an hour. */
export function openFloor(ctx: Context, company: Company, seed: string): () => Promise<void> {
  const csms = STAFF.filter(({ role }) => role === 'csm').map(({ id }) => id)
  const staff = openStaff(seed, csms, STAFF.find(({ role }) => role === 'manager')!.id)
  const leaving = new Map(company.truth().map((one) => [one.customer, one.leaving]))
  const directory = openDirectory(ctx, company)
  let worked = Number.NEGATIVE_INFINITY
  let requests = 0
  return async () => {
    const now = ctx.clock.now()
    const hour = Math.floor(now.getTime() / HOUR)
    if (hour === worked) return
    worked = hour
    const alerts = await ctx.store.alerts.list({ states: ['open', 'claimed', 'contacted'] })
    const rows = new Map<number, CustomerRow>()
    for (const alert of alerts) rows.set(alert.no, await directory(alert.customer))
    const board = alerts.map((alert) => boardCase(alert, rows.get(alert.no)!))
    for (const act of staff.hour(now, board)) {
      const { id } = rows.get(act.no)!
      if (act.call !== null) staff.heard(act.no, company.contact(id, act.call), leaving.get(id) ?? null, now)
      requests += 1
      await press(ctx, act, `staff-${requests}`)
    }
  }
}

function boardCase(alert: Alert, { owner: keeper, consent: mayCall }: CustomerRow): BoardCase {
  const missed = alert.due.flatMap((due) => (due.missed ? [due.clock] : []))
  const { no, tier, state, owner, openedAt } = alert
  return { no, tier, state, owner, openedAt, keeper, mayCall, missed }
}

/** Which of the company's customers a case is about: the staff know them by their telephone. */
export function openDirectory(ctx: Context, company: Company): (customer: string) => Promise<CustomerRow> {
  const known = new Map<string, CustomerRow>()
  let byPhone = new Map<string, CustomerRow>()
  return async (customer) => {
    const found = known.get(customer)
    if (found !== undefined) return found
    const phone = (await ctx.store.customers.get(customer))?.phone ?? ''
    // Someone new has bought a car since the list was made.
    if (!byPhone.has(phone)) byPhone = new Map(company.customers().map((each) => [each.phone, each]))
    const row = byPhone.get(phone)
    if (row === undefined) throw new Error(`customer ${customer} is none of the demo company's`)
    known.set(customer, row)
    return row
  }
}

async function press(ctx: Context, { by, no, command, words }: Act, id: string): Promise<void> {
  const via = { chat: 'console', channel: 'alerts' }
  const said = { command, words: `A-${no} ${words}`.trim(), form: null }
  await dispatch(ctx, commands, { by: ctx.people.get(by)!, via, id, ...said })
}
