import { describe, expect, test } from 'vitest'
import { ForeshockError } from '../../src/errors.ts'
import { type Findings, figure, type Measurement, type Options, runFigures } from '../figures.ts'

async function run(args: string[], findings: Findings | Error = { figures: [] }) {
  let out = ''
  let err = ''
  let seen: Options | null = null
  const measure: Measurement = async (options) => {
    seen = options
    if (findings instanceof Error) throw findings
    return findings
  }
  const names = new Map([
    ['train', measure],
    ['score', measure],
  ])
  const code = await runFigures('bench', names, args, {
    out: (words) => {
      out += words
    },
    err: (words) => {
      err += words
    },
  })
  return { code, out, err, seen }
}

describe('figures', () => {
  test.each([
    [0.74, '>=0.74', true],
    [0.739, '>=0.74', false],
    [2, '<=2', true],
    [2.01, '<=2', false],
    [23570, '=23570', true],
    [499.9, '<500', true],
    [500, '<500', false],
    [Number.NaN, '>=0', false],
  ])('%d against %s', (value, target, ok) => {
    expect(figure('x', value, 'ratio', target)).toEqual({ id: 'x', value, unit: 'ratio', target, ok })
  })

  test('without a target nothing is missed; a target that is no comparison is a bug', () => {
    expect(figure('x', 1, 's').ok).toBe(true)
    expect(() => figure('x', 1, 's', 'fast')).toThrow('is not a comparison')
  })
})

describe('the command', () => {
  const good = figure('train.auc', 0.8, 'auc', '>=0.7')
  const bad = figure('train.seconds', 9, 's', '<=5')

  test('--json prints the agreed shape', async () => {
    const { code, out } = await run(['train', '--json'], { figures: [good] })
    const { machine, ...rest } = JSON.parse(out)
    expect(rest).toEqual({ name: 'train', figures: [{ ...good }], missing: [] })
    expect(Object.keys(machine)).toEqual(['cpus', 'memory', 'node'])
    expect(code).toBe(0)
  })

  test('a table for people, and exit code 1 for a missed target', async () => {
    const { code, out } = await run(['train'], { figures: [good, bad] })
    expect(out.split('\n').map((line) => line.trim())).toEqual([
      'figure         value   unit  target',
      'train.auc      0.8000  auc   >=0.7   ok',
      'train.seconds  9       s     <=5     MISSED',
      '',
    ])
    expect(code).toBe(1)
  })

  test('a missing peer is said and fails', async () => {
    const { code, out } = await run(['train'], { figures: [good], missing: ['xgboost is not installed.'] })
    expect(out).toContain('xgboost is not installed.')
    expect(code).toBe(1)
  })

  test('options reach the measurement', async () => {
    expect((await run(['score', '--quick', '--data', '/d'])).seen).toMatchObject({ quick: true, data: '/d' })
    expect((await run(['score'])).seen).toMatchObject({ quick: false, data: '../shared/data', seed: '1' })
    expect((await run(['score', '--seed', 'storm'])).seen).toMatchObject({ seed: 'storm' })
  })

  test.each([
    [['trian'], 'There is no bench "trian". The names are: train, score.'],
    [[], 'Which one? The names are: train, score.'],
    [['train', 'score'], 'One name at a time, not "train score".'],
    [['train', '--fast'], "Unknown option '--fast'"],
    [['train', '--quick', '--write'], '--write keeps full figures only; leave out --quick.'],
  ])('%j is answered', async (args, wanted) => {
    const { code, err } = await run(args)
    expect(err).toContain(wanted)
    expect(code).toBe(2)
  })

  test('an expected error is one sentence; a bug stays a bug', async () => {
    const lacking = new ForeshockError(
      'NOT_FOUND',
      'There is no x.gz in /d.',
      'Name its folder with --data FOLDER.',
    )
    expect(await run(['train'], lacking)).toMatchObject({
      code: 1,
      err: 'There is no x.gz in /d. Name its folder with --data FOLDER.\n',
    })
    await expect(run(['train'], new TypeError('oops'))).rejects.toThrow('oops')
  })
})
