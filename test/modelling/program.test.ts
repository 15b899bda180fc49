import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pull } from '../../jobs/pull.ts'
import { score } from '../../jobs/score.ts'
import { VirtualClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { DEMO_START } from '../../src/demo/calendar.ts'
import { openCompany } from '../../src/demo/company.ts'
import { demoConfig } from '../../src/demo/config.ts'
import { writeUntil } from '../../src/demo/files.ts'
import { promote, rollback } from '../../src/judging/promote.ts'
import type { Notice } from '../../src/learning/notice.ts'
import type { Sidecar } from '../../src/learning/sidecar.ts'
import { openLog } from '../../src/log.ts'
import { type Foreshock, openForeshock } from '../../src/main.ts'
import type { Assessment } from '../../src/risk/assessment.ts'
import { text } from '../../src/text.ts'
import { onePlace } from '../places.ts'

const never = new AbortController().signal
const KEEPER = { id: 'ye', name: text('叶青', 'Ye Qing') }

/** Three years of a small company, learned from, judged with, broken and taken back. */
describe('a model of one’s own', () => {
  let folder: string
  let program: Foreshock
  let drop: () => Promise<void>
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'foreshock-modelling-'))
    writeFileSync(join(folder, 'foreshock.yaml'), demoConfig('./exports'))
    const clock = new VirtualClock(DEMO_START)
    await writeUntil(openCompany({ seed: '7', customers: 300 }), join(folder, 'exports'), clock.now())
    const where = await onePlace[0]!.place()
    drop = where.drop
    const config = readConfig(join(folder, 'foreshock.yaml'), {})
    program = await openForeshock({ config, log: openLog('silent'), clock, place: where.place })
    await pull.run(program.ctx, never)
  })
  afterAll(async () => {
    await program.close()
    await drop()
    rmSync(folder, { recursive: true, force: true })
  })

  const latest = async (): Promise<Assessment[]> => [
    ...(await program.ctx.store.assessments.since(new Date(0))).values(),
  ]
  const notices = async (): Promise<Notice['kind'][]> => {
    const { rows } = await program.database.pool.query<{ kind: Notice['kind'] }>(
      'SELECT kind FROM notice ORDER BY kind',
    )
    return rows.map(({ kind }) => kind)
  }

  test('is learned on a thread of its own, tried on later months, kept and told', async () => {
    const { ctx } = program
    expect(ctx.models.begin('ye')).toBe(true)
    expect([ctx.models.training(), ctx.models.begin('ye')]).toEqual([true, false])
    const notice = await ctx.models.train('ye')
    if (notice.kind !== 'model-trained') throw new Error(notice.kind)
    const { trial, no } = notice.data
    expect(trial.verdict).toBe('better')
    expect(trial.model.auc).toBeGreaterThan(trial.rules.auc)
    expect(trial.champion).toBeNull()
    const { capacity, economics } = await ctx.settings()
    expect(trial.advice?.economics).toEqual({ ...economics, currency: 'CNY', perDay: 4 * capacity })
    expect(trial.advice!.cases).toBeLessThan(trial.rows)
    expect(await ctx.store.models.get(no)).toMatchObject({ no, by: 'ye', profile: 'auto', trial })
    expect(await notices()).toEqual(['model-trained'])
  })

  test('counts for nothing until it is promoted', async () => {
    await score.run(program.ctx, never)
    const all = await latest()
    expect(all.every(({ model, forecast }) => model === 'rules' && forecast === undefined)).toBe(true)
  })

  test('once promoted it gives probabilities, factors and what would lower them', async () => {
    const { ctx } = program
    expect(await promote(ctx, 1, KEEPER)).toEqual({ before: null, after: 1 })
    await score.run(ctx, never)
    const judged = (await latest()).filter(({ model }) => model === 'M-1')
    expect(judged.length).toBeGreaterThan(10)
    for (const { forecast, score: risk, factors } of judged) {
      expect(forecast?.days).toBe(60)
      expect(risk).toBe(forecast?.probability)
      expect(factors.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1)
    }
    const sure = judged.filter(({ reason }) => reason === 'critical-probability')
    expect(sure.length).toBeGreaterThan(0)
    expect(sure.every(({ tier, forecast }) => tier === 'P0' && forecast!.probability >= 0.8)).toBe(true)
    // Who fell silent long ago is no news on the night a model takes over, however sure it is of them.
    const silent = judged.filter(({ reason }) => reason === 'long-silent')
    expect(silent.length).toBeGreaterThan(0)
    expect(silent.every(({ tier, forecast }) => tier === 'watch' && forecast!.probability >= 0.4)).toBe(true)
    expect((await ctx.store.assessments.runs(1))[0]?.model).toBe('M-1')
    const told = await ctx.models.drift()
    expect(told).toMatchObject({ model: 1, matured: null })
    expect(told!.score).toBeLessThan(0.25)
  })

  test('bands are what an admin sets them to', async () => {
    const { ctx } = program
    const sure = (await latest()).filter(({ reason }) => reason === 'critical-probability')
    const highest = Math.max(...sure.map(({ forecast }) => forecast!.probability))
    expect(highest).toBeLessThan(1)
    await ctx.store.settings.set('band.p0', (highest + 1) / 2, 'ye', ctx.clock.now())
    await score.run(ctx, never)
    // Milder now, by the band below or by what the signals say.
    expect((await latest()).map(({ reason }) => reason)).not.toContain('critical-probability')
    await ctx.store.settings.set('band.p0', null, 'ye', ctx.clock.now())
  })

  test('is evaluated again at any time', async () => {
    const trial = await program.ctx.models.evaluate(1)
    expect(trial.model.auc).toBeGreaterThan(trial.rules.auc)
    await expect(program.ctx.models.evaluate(9)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('one made elsewhere is tried like any other, and judges without reasons', async () => {
    const { ctx } = program
    const [record, file] = [await ctx.store.models.get(1), await ctx.store.models.onnx(1)]
    const own = record!.sidecar as Sidecar
    const foreign = { ...own, name: 'elsewhere', algorithm: 'foreign', linear: null } as const
    const adopted = await ctx.models.adopt({ file: file!, sidecar: foreign }, 'ye')
    // It is the very model in use: as good, and so no better.
    expect(adopted).toMatchObject({
      no: 2,
      algorithm: 'foreign',
      trial: { verdict: 'not-better-than-champion' },
    })
    expect(adopted.trial.model.auc).toBeCloseTo(adopted.trial.champion!.showing.auc, 3)
    const touched = {
      file: Uint8Array.from(file!, (byte, at) => (at === 40 ? byte ^ 1 : byte)),
      sidecar: foreign,
    }
    await expect(ctx.models.adopt(touched, 'ye')).rejects.toMatchObject({ code: 'BAD_INPUT' })
  })

  test('a damaged one is said so, and rules stand; the last good state comes back with rollback', async () => {
    const { ctx, database } = program
    const { sidecar } = (await ctx.store.models.get(1))!
    await database.pool.query(
      `INSERT INTO model (id, profile, algorithm, made_at, by, onnx, sidecar, card, trial)
       SELECT gen_random_uuid(), profile, algorithm, made_at, by, '\\x00'::bytea, sidecar, card,
         trial || jsonb_build_object('champion', jsonb_build_object('no', 1, 'showing', trial->'rules')) FROM model WHERE no = 1`,
    )
    expect(sidecar).toBeDefined()
    await promote(ctx, 3, KEEPER)
    await score.run(ctx, never)
    expect((await ctx.store.assessments.runs(1))[0]?.model).toBe('rules')
    expect(ctx.models.fault()?.en).toMatch(/^Model M-3 cannot be used, so rules judge alone\./)
    expect(await rollback(ctx, KEEPER)).toEqual({ before: 3, after: 1 })
    await score.run(ctx, never)
    expect((await ctx.store.assessments.runs(1))[0]?.model).toBe('M-1')
    expect(ctx.models.fault()).toBeNull()
  })

  test('one that was not better is not promoted, nor one that is not there', async () => {
    const { ctx, database } = program
    await database.pool.query(
      `INSERT INTO model (id, profile, algorithm, made_at, by, onnx, sidecar, card, trial)
       SELECT gen_random_uuid(), profile, algorithm, made_at, by, onnx, sidecar, card,
         jsonb_set(trial, '{verdict}', '"not-better-than-rules"') FROM model WHERE no = 1`,
    )
    await expect(promote(ctx, 4, KEEPER)).rejects.toMatchObject({ code: 'CONFLICT' })
    // It beat the rules when they judged alone, and is no better than the model that judges now.
    await database.pool.query(
      `INSERT INTO model (id, profile, algorithm, made_at, by, onnx, sidecar, card, trial)
       SELECT gen_random_uuid(), profile, algorithm, made_at, by, onnx, sidecar, card, trial FROM model WHERE no = 1`,
    )
    await expect(promote(ctx, 5, KEEPER)).rejects.toThrow('did not beat M-1')
    await expect(promote(ctx, 99, KEEPER)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await notices()).toEqual([
      'drift',
      'model-in-use',
      'model-in-use',
      'model-in-use',
      'model-trained',
    ])
  })
})
