import { describe, expect, it } from 'vitest'
import { dayNumber, dayOf, HISTORY_START, OPENING } from '../../src/demo/calendar.ts'
import type { Leaving } from '../../src/demo/casting.ts'
import type { Company } from '../../src/demo/company.ts'
import { openCompany } from '../../src/demo/company.ts'
import type { Footprints } from '../../src/demo/foresight.ts'
import { leavingDay } from '../../src/demo/foresight.ts'
import type { DayRows } from '../../src/demo/rows.ts'

const FIRST = dayNumber(HISTORY_START)
const SIZE = { seed: '7', customers: 800 }
const UNTIL = OPENING + 300

function open(): Company {
  const company = openCompany(SIZE)
  company.forward(dayOf(OPENING - 1))
  return company
}

/** What the rows of each day say of every customer: the same as footprints, read from outside. */
function printsOf(days: readonly DayRows[]): Map<string, Footprints> {
  const prints = new Map<string, { active: number[]; cancelled: number | null }>()
  const of = (customer: string) => {
    const known = prints.get(customer) ?? { active: [], cancelled: null }
    prints.set(customer, known)
    return known
  }
  for (const rows of days) {
    const day = dayNumber(rows.day)
    const bought = rows.orders.filter((row) => row.sort === '购买')
    const renewed = rows.events.filter((row) => row.type === '延保续签')
    for (const { customer } of [...rows.visits, ...rows.logins, ...bought, ...renewed]) {
      const { active } = of(customer)
      if (active.at(-1) !== day) active.push(day)
    }
    for (const { customer, type } of rows.events) if (type === '合同取消') of(customer).cancelled ??= day
  }
  return prints
}

describe('foresight', () => {
  it('is what happens when nobody speaks with anyone', () => {
    const company = openCompany(SIZE)
    const days = Array.from({ length: OPENING + 40 - FIRST }, (_, index) =>
      company.step(dayOf(FIRST + index)),
    )
    const lived = printsOf(days)
    for (const { customer } of company.truth()) {
      const foreseen = company.foresee(customer, [], dayOf(OPENING + 39))
      expect(foreseen, customer).toEqual(lived.get(customer) ?? { active: [], cancelled: null })
    }
  })

  it('is what happens when exactly those conversations are had, and lives nothing by being asked', () => {
    const company = open()
    const from = company.today
    const spoken = company.truth().filter((_, index) => index % 5 === 0)
    const days: DayRows[] = []
    for (let day = OPENING; day < OPENING + 60; day += 1) {
      days.push(company.step(dayOf(day)))
      if (day % 7 === 0)
        for (const { customer } of spoken.slice(day % 11)) company.contact(customer, (day % 10) / 10)
    }
    const lived = printsOf(days)
    for (const { customer } of spoken) {
      const { active } = company.foresee(customer, company.conversations(customer), dayOf(OPENING + 59))
      expect(
        active.filter((day) => day >= OPENING),
        customer,
      ).toEqual(lived.get(customer)?.active ?? [])
    }
    expect(from).toBe(dayOf(OPENING - 1))
    expect(company.today).toBe(dayOf(OPENING + 59))
  })

  it('finds the day of leaving: the cancellation, else the last activity before half a year of silence', () => {
    const day = (active: number[], cancelled: number | null, asOf = 100) =>
      leavingDay({ active, cancelled }, asOf, 1000, 180)
    expect(day([10, 90, 150, 160], null)).toBe(160)
    expect(day([10, 300, 480, 660, 840, 999], null)).toBe(10)
    expect(day([10, 300, 480, 660, 830, 999], null, 200)).toBe(300)
    expect(day([900, 950], null)).toBe(null)
    expect(day([90, 150], 170)).toBe(170)
    // They came back after all, and stayed.
    expect(day([90, 200, 300, 400, 500, 600, 700, 800, 900], 170)).toBe(null)
    // Gone for longer than half a year: nothing to warn of.
    expect(day([10], null, 200)).toBe(null)
    expect(day([10], 20, 200)).toBe(null)
    expect(day([], null)).toBe(null)
  })
})

describe('a conversation', () => {
  const leaves = (company: Company, customer: string) =>
    leavingDay(company.foresee(customer, company.conversations(customer), dayOf(UNTIL)), OPENING, UNTIL, 180)
  const caught = (company: Company) =>
    company
      .truth()
      .filter(
        (one) => one.persuadable && one.turned! < dayOf(OPENING) && one.lastVisit! > dayOf(OPENING + 10),
      )

  it('keeps most of those who can be persuaded, if it is a good one', () => {
    const company = open()
    const customers = caught(company).map((one) => one.customer)
    const reactions = customers.map((customer) => company.contact(customer, 0.9))
    expect(customers.length).toBeGreaterThan(5)
    expect(new Set(reactions)).toEqual(new Set(['back']))
    const kept = customers.filter((customer) => leaves(company, customer) === null)
    expect(kept.length / customers.length).toBeGreaterThan(0.6)
  })

  it('keeps them for a while only, if it is a careless one; a second, better one helps', () => {
    const company = open()
    const { customer } = caught(company)[0]!
    const without = leaves(company, customer)!
    company.contact(customer, 0.1)
    const later = leaves(company, customer)!
    expect(later).toBeGreaterThan(without)
    // While they are back there is nothing to talk about; once they waver there is.
    company.step(dayOf(OPENING))
    expect(company.contact(customer, 0.9)).toBe('fine')
    company.forward(dayOf(OPENING + 27))
    expect(company.contact(customer, 0.9)).toBe('back')
    expect(leaves(company, customer)).toBe(null)
  })

  it('tells who is leaving for good and who has nothing on their mind', () => {
    const company = open()
    const firm = company.truth().find((one) => one.leaving === 'moved' && one.turned! < dayOf(OPENING))!
    expect(company.contact(firm.customer)).toBe('leaving')
    const happy = company.truth().find((one) => one.leaving === null)!
    expect(company.contact(happy.customer)).toBe('fine')
  })
})

describe('those who leave', () => {
  const company = openCompany({ seed: '11' })
  const days = Array.from({ length: OPENING - FIRST }, (_, index) => company.step(dayOf(FIRST + index)))
  const truth = company.truth().filter((one) => one.lastVisit !== null && one.lastVisit < dayOf(OPENING))
  const left = new Map(truth.map((one) => [one.customer, dayNumber(one.lastVisit!)]))

  /** Visits or logins of all who left, so many days before they did. */
  function count(of: 'visits' | 'logins', from: number, to: number, cause?: Leaving): number {
    const chosen = new Set(
      truth.flatMap((one) => (cause === undefined || one.leaving === cause ? [one.customer] : [])),
    )
    return days
      .flatMap((day) => day[of].map((row) => ({ day: dayNumber(day.day), customer: row.customer })))
      .filter(({ day, customer }) => {
        const before = (left.get(customer) ?? -9999) - day
        return chosen.has(customer) && before >= to && before < from
      }).length
  }

  it('go through the stages of SPEC: visits halve, app use falls by 70%', () => {
    expect(truth.length).toBeGreaterThan(150)
    // A rate a day in the last two months against the quarter before the decline.
    const visits = count('visits', 60, 0, 'silent') / 60 / (count('visits', 220, 120, 'silent') / 100)
    expect(visits).toBeGreaterThan(0.3)
    expect(visits).toBeLessThan(0.75)
    const logins = count('logins', 30, 0) / 30 / (count('logins', 220, 120) / 100)
    expect(logins).toBeGreaterThan(0.15)
    expect(logins).toBeLessThan(0.45)
    for (const kind of ['visits', 'logins'] as const) expect(count(kind, 0, -400)).toBe(0)
  })

  it('are not the only ones who threaten to, or who stay away for months', () => {
    const stays = new Map(
      company.truth().flatMap((one) => (one.leaving === null ? [[one.customer, one.alike]] : [])),
    )
    const threats = days
      .flatMap((day) => day.feedback)
      .filter((row) => /退款|解约|换一家|refund|terminate/i.test(row.text) && (row.rating ?? 10) <= 6)
    expect(threats.filter((row) => stays.get(row.customer) === 'complainer').length).toBeGreaterThan(30)
    const visited = new Map<string, number[]>()
    for (const { day, visits } of days)
      for (const { customer } of visits)
        visited.set(customer, [...(visited.get(customer) ?? []), dayNumber(day)])
    const pauses = [...visited].filter(([customer, on]) => {
      const gaps = on.slice(1).map((day, index) => day - on[index]!)
      return stays.get(customer) === 'seasonal' && on.length > 12 && Math.max(...gaps) > 80
    })
    expect(pauses.length).toBeGreaterThan(20)
  })
})
