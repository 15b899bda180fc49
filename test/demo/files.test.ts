import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_START, dayOf, OPENING } from '../../src/demo/calendar.ts'
import { LEAVINGS, LOOK_ALIKES } from '../../src/demo/casting.ts'
import type { Company } from '../../src/demo/company.ts'
import { openCompany } from '../../src/demo/company.ts'
import { writeDay, writeHistory, writeUntil } from '../../src/demo/files.ts'
import { SPOILED_ROWS } from '../../src/demo/spoiled.ts'

const folders: string[] = []
const newFolder = () => {
  folders.push(mkdtempSync(join(tmpdir(), 'foreshock-demo-')))
  return folders.at(-1)!
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}

function digest(folder: string): Record<string, string> {
  const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')
  return Object.fromEntries(filesIn(folder).map((file) => [file, hash(join(folder, file))]))
}

function textOf(path: string): string {
  const bytes = readFileSync(path)
  if (path.endsWith('.gz')) return gunzipSync(bytes).toString()
  return new TextDecoder(path.includes('workshop-old') ? 'gbk' : 'utf-8', { fatal: true }).decode(bytes)
}

describe('the exports of a whole company', () => {
  const folder = newFolder()
  let company: Company
  let seconds = 0

  beforeAll(async () => {
    const began = performance.now()
    company = openCompany({ seed: '7' })
    await writeHistory(company, folder, DEMO_START)
    seconds = (performance.now() - began) / 1000
  })

  it('take seconds and stay moderate', () => {
    // Alone this takes 1.5 s; other tests share the machine.
    expect(seconds).toBeLessThan(60)
    const lines = filesIn(folder).map((file) => textOf(join(folder, file)).trimEnd().split('\n').length)
    const rows = lines.reduce((sum, count) => sum + count, 0)
    expect(rows).toBeGreaterThan(120_000)
    expect(rows).toBeLessThan(260_000)
  })

  it('read back with csv-parse: only the spoiled rows are wrong', () => {
    let wrong = 0
    for (const file of filesIn(folder)) {
      const text = textOf(join(folder, file))
      if (file.endsWith('.ndjson')) {
        for (const line of text.trimEnd().split('\n')) if (!isJson(line)) wrong += 1
        continue
      }
      const [header, ...rows] = parse(text, { bom: true, relax_column_count: true }) as string[][]
      wrong += rows.filter((row) => row.length !== header!.length).length
    }
    // One cut short, one with a comma too many, one half a line of JSON; the rest are wrong in a cell.
    expect(wrong).toBe(3)
    expect(SPOILED_ROWS).toBeGreaterThanOrEqual(10)
  })

  it('hold customers with names in Chinese, numbers nobody can have and only made-up brands', () => {
    const customers = parse(textOf(join(folder, 'customers.csv')), { bom: true, columns: true }) as Record<
      string,
      string
    >[]
    expect(customers.length).toBe(2000)
    expect(customers.filter((row) => /\p{Script=Han}/u.test(row['name']!)).length).toBeGreaterThan(1700)
    expect(customers.every((row) => /^100\d{8}$/.test(row['phone']!))).toBe(true)
    expect(new Set(customers.map((row) => row['phone'])).size).toBe(2000)
    const real =
      /比亚迪|蔚来|小鹏|理想|特斯拉|丰田|本田|大众|奔驰|宝马|奥迪|吉利|长安|问界|tesla|toyota|bmw|audi/i
    for (const file of filesIn(folder)) expect(textOf(join(folder, file))).not.toMatch(real)
  })

  it('never say who leaves or why', () => {
    const secret = new Set<string>([...LEAVINGS, ...LOOK_ALIKES])
    const told: string[] = []
    for (const file of filesIn(folder)) {
      for (const line of textOf(join(folder, file)).trimEnd().split('\n')) {
        if (/truth|persuad|leaving|look-?alike/i.test(line)) told.push(line)
        const cells = file.endsWith('.ndjson') ? valuesOf(line) : line.split(',')
        if (cells.some((cell) => secret.has(cell))) told.push(line)
      }
    }
    expect(told).toEqual([])
  })

  it('grow by a file a day, whole or up to an instant', async () => {
    const day = dayOf(OPENING)
    const noon = new Date(`${day}T12:00:00+08:00`)
    await writeDay(company, folder, day, noon)
    const file = join(folder, `visits/visits-${day}.csv`)
    const morning = textOf(file)
    await writeDay(company, folder, day)
    expect(textOf(file).startsWith(morning)).toBe(true)
    expect(statSync(file).size).toBeGreaterThan(morning.length)
    await writeUntil(company, folder, new Date('2026-06-04T06:00:00+08:00'))
    expect(company.today).toBe('2026-06-04')
    for (const later of ['2026-06-02', '2026-06-03']) {
      expect(textOf(join(folder, `events/events-${later}.csv`))).toContain(later)
    }
    expect(filesIn(folder).some((name) => name.endsWith('.part'))).toBe(false)
  })
})

describe('bytes', () => {
  it('are the same for the same seed, however the days were grouped', async () => {
    const [one, other, third] = [newFolder(), newFolder(), newFolder()]
    const until = new Date('2026-06-05T06:00:00+08:00')
    const open = (seed: string) => openCompany({ seed, customers: 150 })
    const first = open('7')
    await writeHistory(first, one, DEMO_START)
    await writeUntil(first, one, until)
    const second = open('7')
    await writeHistory(second, other, DEMO_START)
    for (let hour = 0; hour <= 96; hour += 8) {
      await writeUntil(second, other, new Date(DEMO_START.getTime() + hour * 3_600_000))
    }
    expect(digest(other)).toEqual(digest(one))
    await writeHistory(open('8'), third, DEMO_START)
    expect(digest(third)['customers.csv']).not.toBe(digest(one)['customers.csv'])
  })
})

function valuesOf(line: string): string[] {
  return isJson(line) ? Object.values(JSON.parse(line) as object).map(String) : []
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
