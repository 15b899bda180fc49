import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openTerminal } from '../../src/main/terminal.ts'
import { topicsVerb } from '../../src/main/voice-verbs.ts'
import { scriptAt } from '../built.ts'
import { CONFIG } from '../jobs/brand.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'foreshock-voices-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function classify(input: Buffer): Promise<{ code: number; out: string; err: string }> {
  const { file, execArgv } = scriptAt(import.meta.url, '../../src/cli')
  const child = spawn(process.execPath, [...execArgv, file, 'voices', 'classify', '--json'], { cwd: folder })
  const seen = { out: '', err: '' }
  child.stdout.on('data', (chunk) => (seen.out += chunk))
  child.stderr.on('data', (chunk) => (seen.err += chunk))
  child.stdin.end(input)
  const [code] = (await once(child, 'close')) as [number]
  return { code, ...seen }
}

test('classify reads a pipe to its end, a bad line among good ones', async () => {
  const many = Array.from({ length: 3_000 }, (_, id) => `{"id":${id},"text":"价格公道，就是等太久"}\n`)
  const { code, out, err } = await classify(
    Buffer.concat([Buffer.from(`${many.join('')}garbage\n`), Buffer.from([0x80, 0x0a])]),
  )
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(code).toBe(0)
  expect(lines).toHaveLength(3_002)
  expect(lines.slice(0, 3_000).every(({ id }, index) => id === index)).toBe(true)
  expect(lines[2_999].topics.map((one: { topic: string }) => one.topic)).toEqual([
    'price.cost',
    'service.waiting',
  ])
  expect(lines.slice(-2).map(({ line }) => line)).toEqual([3_001, 3_002])
  expect(err).toContain('2 of 3002 lines could not be read')
})

test('topics learns from a file of labels, and says what is wrong with it', async () => {
  writeFileSync(join(folder, 'foreshock.yaml'), CONFIG)
  const file = join(folder, 'labels.ndjson')
  const lines = Array.from({ length: 30 }, (_, index) => [
    { text: `第${index}次，小蓝点不开`, topics: ['experience.app'] },
    { text: `第${index}次，一切都好`, topics: [] },
  ])
  writeFileSync(
    file,
    lines
      .flat()
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
  )
  const config = join(folder, 'foreshock.yaml')
  const learn = (json: boolean) => topicsVerb({ config, json, labels: file }, openTerminal(json), {})
  let said = ''
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    said += chunk
    return true
  })
  await learn(true).finally(() => spy.mockRestore())
  expect(JSON.parse(said)).toMatchObject({
    voices: 60,
    file: join(folder, '.foreshock/topics.json'),
    topics: [{ topic: 'experience.app', labelled: 30, rulesF1: 0, used: true }],
  })
  expect(readFileSync(join(folder, '.foreshock/topics.json'), 'utf8')).toContain('foreshock-topics-1')
  writeFileSync(file, '{"text":"x","topics":["service.wating"]}\n')
  await expect(learn(false)).rejects.toThrow(
    /labels\.ndjson:1: there is no topic "service\.wating"\..*service\.waiting/,
  )
})
