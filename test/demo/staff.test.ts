import { describe, expect, it } from 'vitest'
import { HOUR } from '../../src/clock.ts'
import type { BoardCase } from '../../src/demo/staff.ts'
import { openStaff } from '../../src/demo/staff.ts'

const TEAM = ['lin', 'grace', 'zhou', 'han']
const MONDAY = new Date('2026-06-01T06:00:00+08:00')

function board(count: number, given: Partial<BoardCase> = {}): BoardCase[] {
  return Array.from({ length: count }, (_, index) => ({
    no: 1001 + index,
    tier: (['P0', 'P1', 'P2'] as const)[index % 3]!,
    state: 'open',
    owner: null,
    keeper: TEAM[index % TEAM.length]!,
    openedAt: MONDAY,
    missed: [],
    mayCall: true,
    ...given,
  }))
}

/** Plays some days: what they do changes the board as the program would. */
function play(days: number, cases: BoardCase[], reaction: 'fine' | 'back' | 'leaving') {
  const staff = openStaff('7', TEAM, 'shen')
  const states = {
    claim: 'claimed',
    contacted: 'contacted',
    retained: 'watch',
    resolve: 'resolved',
    dismiss: 'dismissed',
  }
  const done: { at: Date; by: string; no: number; command: string; words: string; call: number | null }[] = []
  let now = cases
  for (let hour = 0; hour < days * 24; hour += 1) {
    const at = new Date(MONDAY.getTime() + hour * HOUR)
    for (const act of staff.hour(
      at,
      now.filter(({ state }) => ['open', 'claimed', 'contacted'].includes(state)),
    )) {
      done.push({ at, ...act })
      if (act.call !== null) staff.heard(act.no, reaction, null, at)
      now = now.map((one) =>
        one.no === act.no ? { ...one, state: states[act.command] as BoardCase['state'], owner: act.by } : one,
      )
    }
  }
  return { done, cases: now }
}

describe('the scripted staff', () => {
  it('does the same things for the same seed', () => {
    expect(play(5, board(30), 'back').done).toEqual(play(5, board(30), 'back').done)
  })

  it('takes P0 first, claims before it calls, calls before it closes', () => {
    const { done } = play(14, board(24), 'back')
    const claims = done.filter(({ command }) => command === 'claim')
    const tierOf = (no: number) => (no - 1001) % 3
    const mean = (tier: number) => {
      const at = claims.filter(({ no }) => tierOf(no) === tier).map((one) => one.at.getTime())
      return at.reduce((sum, each) => sum + each, 0) / at.length
    }
    expect(mean(0)).toBeLessThan(mean(1))
    expect(mean(1)).toBeLessThan(mean(2))
    for (const { no } of claims) {
      const commands = done.filter((act) => act.no === no).map(({ command }) => command)
      const usual = /^claim(,contacted(,retained|,dismiss|,resolve)?|,dismiss)?$/
      expect(commands.join()).toMatch(usual)
    }
    for (const { command, call } of done) expect(call !== null).toBe(command === 'contacted')
  })

  it('takes no more new cases a day than each can carry, but every P0', () => {
    const { done } = play(1, board(80, { tier: 'P1', keeper: 'grace' }), 'fine')
    for (const person of TEAM)
      expect(
        done.filter(({ by, command }) => by === person && command === 'claim').length,
      ).toBeLessThanOrEqual(12)
    const urgent = play(2, board(80, { tier: 'P0', keeper: 'grace' }), 'fine').done
    expect(urgent.filter(({ command }) => command === 'claim')).toHaveLength(80)
  })

  it('hears what the customer says: most who come back are marked retained, most who do not are given up', () => {
    const ends = (reaction: 'fine' | 'back' | 'leaving') => {
      const { done } = play(21, board(60), reaction)
      const count = (command: string) => done.filter((act) => act.command === command).length
      return { retained: count('retained'), resolve: count('resolve'), dismiss: count('dismiss') }
    }
    expect(ends('back').retained).toBeGreaterThan(40)
    const leaving = ends('leaving')
    expect(leaving.resolve).toBeGreaterThan(leaving.retained)
    expect(leaving.retained).toBeGreaterThan(0)
    expect(ends('fine').dismiss).toBeGreaterThan(30)
  })

  it('calls nobody who does not want to be called', () => {
    const { done } = play(14, board(12, { mayCall: false }), 'back')
    expect(done.some(({ command }) => command === 'contacted')).toBe(false)
    expect(done.filter(({ command }) => command === 'resolve').length).toBeGreaterThan(6)
  })

  it('lets the lead take a P0 that lay too long', () => {
    const late = board(1, { tier: 'P0', missed: ['claim'] })
    const staff = openStaff('7', TEAM, 'shen')
    const acts = [10, 11, 12].flatMap((hour) =>
      staff.hour(new Date(`2026-06-02T${String(hour).padStart(2, '0')}:00:00+08:00`), late),
    )
    expect(acts[0]).toMatchObject({ by: 'shen', command: 'claim', no: 1001 })
  })
})
