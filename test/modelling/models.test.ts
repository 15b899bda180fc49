import { describe, expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { ForeshockError } from '../../src/errors.ts'
import type { Notice } from '../../src/learning/notice.ts'
import { openLog } from '../../src/log.ts'
import { type ModelParts, openModels } from '../../src/modelling/models.ts'
import { text } from '../../src/text.ts'

const rules = { isProbability: false, scoresAt: async () => new Map() }

function service(learn: ModelParts['learn']) {
  const told: Notice[] = []
  const models = openModels({
    profile: 'auto',
    clock: systemClock,
    log: openLog('silent'),
    learn,
    rules,
    champion: async () => null,
    economics: async () => ({ cost: 100, value: 2_000, saved: 0.3 }),
    keep: async () => 1,
    tell: async (notice) => {
      told.push(notice)
    },
    drift: async () => null,
    evaluate: async () => {
      throw new Error('not asked')
    },
    adopt: async () => {
      throw new Error('not asked')
    },
    fault: () => null,
  })
  return { models, told }
}

describe('trainings', () => {
  test('come one at a time; who asks meanwhile waits for the same one', async () => {
    let runs = 0
    const { models, told } = service(async () => {
      runs += 1
      await new Promise(setImmediate)
      return { reason: 'short-history', says: text('短', 'short') }
    })
    expect([models.begin('lin'), models.begin('lin'), models.training()]).toEqual([true, false, true])
    await models.train('ye')
    expect([runs, told.length, models.training()]).toEqual([1, 1, false])
    expect(told[0]).toEqual({ kind: 'model-not-yet', data: { says: text('短', 'short') } })
    expect(models.begin('lin')).toBe(true)
    await models.close()
  })

  test.each([
    ['in its own words', new ForeshockError('BAD_INPUT', 'No room.', 'Make some.'), 'No room. Make some.'],
    ['without a word of the inside', new Error('boom at /x'), 'Something went wrong in the program'],
  ])('that fail are told %s, and the next one can begin', async (_, error, why) => {
    const { models, told } = service(async () => {
      throw error
    })
    const notice = await models.train('ye')
    expect(notice.kind).toBe('model-failed')
    expect(JSON.stringify(told)).toContain(why)
    expect(models.training()).toBe(false)
  })

  test('are ended by a close, and not told', async () => {
    const { models, told } = service(
      (_, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    )
    models.begin('ye')
    await new Promise(setImmediate)
    await models.close()
    expect([told, models.training()]).toEqual([[], false])
  })
})
