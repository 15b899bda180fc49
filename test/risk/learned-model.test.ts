import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStream } from '../../src/demo/random.ts'
import { rawScore, type TreeModel } from '../../src/learning/model.ts'
import { onnxOf } from '../../src/learning/onnx.ts'
import type { Sidecar, UsedOn } from '../../src/learning/sidecar.ts'
import { type LearnedModel, openProven } from '../../src/risk/learned-model.ts'
import { modelNames, readModel, writeModel } from '../../src/risk/model-files.ts'
import { randomRows, randomTrees } from '../learning/random-trees.ts'
import { SMALL, sidecarOf } from '../learning/sidecars.ts'

const draw = openStream('learned-model')
const model = randomTrees(draw, { columns: 6, trees: 12, depth: 4 })
const name = 'small-2026-11-01'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foreshock-models-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

async function written(more: Partial<Sidecar> = {}, of: TreeModel = model): Promise<string> {
  const models = join(folder, 'models')
  await writeModel(models, onnxOf(of, more.calibration ?? null), sidecarOf(model, more))
  return models
}

async function openLearned(models: string, called: string, usedOn: UsedOn): Promise<LearnedModel> {
  return openProven(await readModel(models, called, usedOn))
}

async function using<T>(
  opening: Promise<LearnedModel>,
  use: (learned: LearnedModel) => Promise<T>,
): Promise<T> {
  const learned = await opening
  try {
    return await use(learned)
  } finally {
    await learned.scorer.close()
  }
}

test('a model written is opened again, scores as it was learned and gives its reasons', async () => {
  const models = await written({ calibration: { kind: 'platt', slope: 1.3, offset: -0.2 } })
  expect(readdirSync(models).sort()).toEqual([`${name}.json`, `${name}.md`, `${name}.onnx`])
  expect(await modelNames(models)).toEqual([name])
  await using(openLearned(models, name, SMALL), async ({ scorer, explainer, sidecar }) => {
    const rows = randomRows(draw, 6, 40)
    const { raw } = await scorer.score(rows, 40)
    const phi = new Float64Array(6)
    for (let row = 0; row < 40; row += 1) {
      explainer!.explain(rows, row * 6, phi)
      const sum = phi.reduce((all, each) => all + each, explainer!.expected)
      expect(sum).toBeCloseTo(rawScore(model, rows, row * 6), 4)
      expect(raw[row]).toBeCloseTo(sum, 4)
    }
    expect(sidecar.sha256).toMatch(/^[0-9a-f]{64}$/)
  })
})

test('a name is never used twice', async () => {
  const models = await written()
  await expect(written()).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(openLearned(models, 'other', SMALL)).rejects.toMatchObject({
    code: 'NOT_FOUND',
    hint: `There are: ${name}.`,
  })
  await expect(openLearned(models, '../etc', SMALL)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(openLearned(join(folder, 'none'), 'other', SMALL)).rejects.toMatchObject({
    hint: 'Train one first.',
  })
})

test.each<[string, (models: string) => void, RegExp]>([
  [
    'a changed model file',
    (models) => {
      const path = join(models, `${name}.onnx`)
      const bytes = readFileSync(path)
      bytes[bytes.length >> 1]! ^= 1
      writeFileSync(path, bytes)
    },
    /is not the one its description was written for/,
  ],
  ['no model file', (models) => rmSync(join(models, `${name}.onnx`)), /has no file small-2026-11-01\.onnx/],
  ['half a sidecar', (models) => edit(models, (json) => json.slice(0, 200)), /is damaged: it is not JSON/],
  [
    'a sidecar with a hole',
    (models) => edit(models, (json) => json.replace('"horizonDays": 91,', '')),
    /label\.horizonDays/,
  ],
  [
    'the sidecar of another model',
    (models) => edit(models, (json) => json.replace(name, 'small-2026-12-01')),
    /is that of "small-2026-12-01"/,
  ],
  [
    'a model of another profile',
    (models) => edit(models, (json) => json.replace('"name": "small"', '"name": "retail"')),
    /was learned for the profile "retail", not "small"/,
  ],
  [
    'a feature the profile does not have',
    (models) => edit(models, (json) => json.replaceAll('"f5"', '"f55"')),
    /reads the feature "f55", which the profile "small" does not have/,
  ],
])('%s is refused in one sentence', async (_, spoil, says) => {
  const models = await written()
  spoil(models)
  await expect(openLearned(models, name, SMALL)).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringMatching(says),
  })
})

function edit(models: string, change: (json: string) => string): void {
  const path = join(models, `${name}.json`)
  writeFileSync(path, change(readFileSync(path, 'utf8')))
}

test('a file whose trees say less than its description is refused', async () => {
  const models = await written({ algorithm: 'logistic', linear: { base: 0, terms: [] } })
  await expect(openLearned(models, name, SMALL)).rejects.toMatchObject({
    message: expect.stringMatching(/is refused: its probability of row \d+ is 0\.\d+ off the trainer's/),
  })
})

test('a model made elsewhere is explained as far as its trees can be read', async () => {
  const models = await written({ algorithm: 'foreign' })
  await using(openLearned(models, name, SMALL), async ({ explainer }) => expect(explainer).not.toBeNull())
  // Without the rows that came through each node there is no telling what is expected.
  const uncounted = {
    ...model,
    trees: model.trees.map((tree) => ({ ...tree, cover: tree.cover.map(() => 1) })),
  }
  await written({ algorithm: 'foreign', name: 'other' }, uncounted)
  await using(openLearned(models, 'other', SMALL), async ({ explainer, scorer }) => {
    expect(explainer).toBeNull()
    expect((await scorer.score(new Float32Array(6), 1)).probability[0]).toBeGreaterThan(0)
  })
})
