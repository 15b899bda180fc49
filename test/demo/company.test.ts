import { describe, expect, it } from 'vitest'
import { dayNumber, dayOf, HISTORY_START, OPENING } from '../../src/demo/calendar.ts'
import { LEAVINGS, LOOK_ALIKES } from '../../src/demo/casting.ts'
import type { Company } from '../../src/demo/company.ts'
import { openCompany } from '../../src/demo/company.ts'
import type { DayRows } from '../../src/demo/rows.ts'

const FIRST = dayNumber(HISTORY_START)

function live(company: Company, days: number): DayRows[] {
  const from = company.today === null ? FIRST : dayNumber(company.today) + 1
  return Array.from({ length: days }, (_, index) => company.step(dayOf(from + index)))
}

function rowsOf(days: readonly DayRows[], customer: string): unknown[] {
  return days.flatMap((day) =>
    [...day.visits, ...day.logins, ...day.orders, ...day.events, ...day.feedback].filter(
      (row) => row.customer === customer,
    ),
  )
}

describe('the demo company', () => {
  it('lives the same days for the same seed and others for another', () => {
    const one = live(openCompany({ seed: '7', customers: 200 }), 120)
    expect(live(openCompany({ seed: '7', customers: 200 }), 120)).toEqual(one)
    expect(live(openCompany({ seed: '8', customers: 200 }), 120)).not.toEqual(one)
  })

  it('does not depend on how the days are grouped or how often a day is asked for', () => {
    const steady = openCompany({ seed: '7', customers: 200 })
    live(steady, 399)
    const expected = steady.step(dayOf(FIRST + 399))
    const hasty = openCompany({ seed: '7', customers: 200 })
    hasty.forward(dayOf(FIRST + 150))
    hasty.forward(dayOf(FIRST + 398))
    hasty.step(dayOf(FIRST + 399))
    expect(hasty.step(dayOf(FIRST + 399))).toEqual(expected)
    expect(hasty.customers()).toEqual(steady.customers())
  })

  it('refuses to skip a day or go back, naming the next day', () => {
    const company = openCompany({ seed: '7', customers: 100 })
    expect(() => company.step('2023-06-05')).toThrow('its next day is 2023-06-01')
    company.step('2023-06-01')
    company.step('2023-06-02')
    expect(() => company.step('2023-06-01')).toThrow('cannot live 2023-06-01 now')
    expect(() => openCompany({ seed: '7', customers: 3 })).toThrow('cannot have 3 customers')
    expect(() => company.contact('nobody')).toThrow('no customer nobody')
  })

  it('casts every way of leaving and every look-alike, for any seed', () => {
    for (const seed of ['7', '11', 'x']) {
      const company = openCompany({ seed })
      const opening = dayOf(OPENING)
      const truth = company.truth()
      for (const leaving of LEAVINGS) {
        const own = truth.filter((one) => one.leaving === leaving)
        expect(own.some((one) => one.turned! < opening)).toBe(true)
        expect(own.some((one) => one.turned! > opening)).toBe(true)
      }
      for (const alike of LOOK_ALIKES) expect(truth.some((one) => one.alike === alike)).toBe(true)
    }
  })
})

describe('a conversation', () => {
  const opened = () => {
    const company = openCompany({ seed: '7', customers: 400 })
    company.forward(dayOf(OPENING - 1))
    return company
  }
  const leaver = (persuadable: boolean) =>
    opened()
      .truth()
      .find(
        (one) =>
          one.leaving === 'angry' &&
          one.persuadable === persuadable &&
          one.turned! < dayOf(OPENING) &&
          one.turned! > dayOf(OPENING - 40),
      )!.customer

  it('brings a persuadable customer back and touches nobody else', () => {
    const customer = leaver(true)
    const [left, contacted] = [opened(), opened()]
    contacted.contact(customer)
    const [without, withContact] = [live(left, 40), live(contacted, 40)]
    expect(withContact.flatMap((day) => day.visits).some((row) => row.customer === customer)).toBe(true)
    expect(without.flatMap((day) => day.visits).some((row) => row.customer === customer)).toBe(false)
    for (const { customer: other } of left.truth()) {
      if (other !== customer) expect(rowsOf(withContact, other)).toEqual(rowsOf(without, other))
    }
    const truth = contacted.truth().find((one) => one.customer === customer)!
    expect(truth).toMatchObject({ turnedBack: true, contacted: dayOf(OPENING - 1), leaving: 'angry' })
  })

  it('has each conversation it is told of once, on its day, in whichever order it hears of them', () => {
    const customer = leaver(true)
    const { phone } = opened()
      .customers()
      .find(({ id }) => id === customer)!
    const on = (id: string, later: number) => ({ id, phone, day: OPENING + later, care: 1 })
    const said = [on('b', 3), on('a', 1)]
    const [early, late, daily] = [opened(), opened(), opened()]
    early.recall(said)
    live(late, 2)
    // Heard of on the evening it was had.
    late.recall([said[1]!])
    late.recall(said)
    for (let day = 0; day < 40; day += 1) {
      daily.recall(said)
      live(daily, 1)
    }
    live(early, 40)
    live(late, 38)
    expect(early.conversations(customer).map(({ day }) => day - OPENING)).toEqual([1, 3])
    for (const company of [late, daily]) {
      expect(company.conversations(customer)).toEqual(early.conversations(customer))
      expect(company.customers()).toEqual(early.customers())
    }
    // A telephone nobody has is nobody's conversation.
    expect(() => early.recall([{ ...on('c', 0), phone: '1' }])).not.toThrow()
  })

  it('changes nothing for the others: not persuadable, or not leaving', () => {
    const company = opened()
    const [stubborn, staying] = [leaver(false), company.truth().find((one) => one.leaving === null)!.customer]
    company.contact(stubborn)
    company.contact(staying)
    expect(live(company, 30)).toEqual(live(opened(), 30))
  })
})

describe('the lives', () => {
  const company = openCompany({ seed: '11' })
  const days = live(company, OPENING - FIRST)
  const truth = new Map(company.truth().map((one) => [one.customer, one]))

  it('has no row before the car was bought, and no id twice', () => {
    const joined = new Map(company.customers().map((one) => [one.id, one.firstPurchase]))
    const ids = new Set<string>()
    let rows = 0
    const early: string[] = []
    for (const day of days) {
      for (const row of [...day.visits, ...day.logins, ...day.orders, ...day.events, ...day.feedback]) {
        if (day.day < joined.get(row.customer)!) early.push(row.id)
        ids.add(row.id)
        rows += 1
      }
    }
    expect(early).toEqual([])
    expect(ids.size).toBe(rows)
  })

  it('ends the visits of those who leave, each in their own way', () => {
    const visits = days.flatMap((day) => day.visits.map((row) => ({ day: day.day, customer: row.customer })))
    const late: string[] = []
    for (const { day, customer } of visits) {
      const last = truth.get(customer)!.lastVisit
      if (last !== null && day > last) late.push(customer)
    }
    expect(late).toEqual([])
    const rival = days.flatMap((day) => day.events).filter((row) => row.type.startsWith('竞品'))
    expect(rival.filter((row) => truth.get(row.customer)!.leaving === 'lured').length).toBeGreaterThan(40)
    const parts = days.flatMap((day) => day.orders).filter((row) => row.item === '机油四升装')
    expect(parts.some((row) => truth.get(row.customer)!.leaving === 'warranty')).toBe(true)
    const far = company.customers().filter((one) => one.distanceKm > 200)
    expect(far.length).toBeGreaterThan(10)
    expect(far.every((one) => truth.get(one.id)!.leaving === 'moved')).toBe(true)
  })

  it('lets look-alikes complain, ask and say goodbye, and stay', () => {
    const said = days.flatMap((day) => day.feedback)
    const by = (alike: string) => said.filter((row) => truth.get(row.customer)!.alike === alike)
    expect(by('complainer').some((row) => row.text.includes('受够了'))).toBe(true)
    expect(by('talker').some((row) => row.text.includes('再见'))).toBe(true)
    expect(by('talker').some((row) => row.text.includes('不想取消'))).toBe(true)
    expect(by('one-off').some((row) => row.rating !== null && row.rating <= 5)).toBe(true)
    const recent = days.slice(-200).flatMap((day) => day.visits)
    const seasonal = [...truth.values()].filter((one) => one.alike === 'seasonal')
    const back = seasonal.filter((one) => recent.some((row) => row.customer === one.customer))
    expect(back.length / seasonal.length).toBeGreaterThan(0.85)
  })

  it('lets angry customers of high value speak in the last two weeks before the opening', () => {
    const high = new Set(
      company
        .customers()
        .filter((one) => one.valueTier === 'high')
        .map((one) => one.id),
    )
    const angry = days
      .slice(-14)
      .flatMap((day) => day.feedback)
      .filter((row) => high.has(row.customer) && truth.get(row.customer)!.leaving === 'angry')
    expect(new Set(angry.map((row) => row.customer)).size).toBeGreaterThanOrEqual(4)
    const later = live(company, 12).flatMap((day) => day.feedback)
    expect(later.some((row) => angry.some((one) => one.customer === row.customer))).toBe(true)
  })

  it('has about a fifth of its customers in the high tier', () => {
    const rows = company.customers()
    const share = rows.filter((one) => one.valueTier === 'high').length / rows.length
    expect(share).toBeGreaterThan(0.17)
    expect(share).toBeLessThan(0.24)
  })

  it('goes on: some people buy their first car after the opening', () => {
    expect(company.customers().length).toBeGreaterThan(2000)
  })
})
