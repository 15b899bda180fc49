import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { ModelScorer } from '../../src/risk/model-scorer.ts'
import { restingScorer } from '../../src/risk/resting.ts'

/** Scorers that only tell what became of them. */
function scorers() {
  const told: string[] = []
  let opened = 0
  const open = (): ModelScorer => {
    opened += 1
    const nth = opened
    told.push(`open ${nth}`)
    const scores = (rows: number) => ({ probability: new Float32Array(rows), raw: new Float32Array(rows) })
    return {
      width: 2,
      score: async (_, rows) => scores(rows),
      scoreRows: async (_, rows) => {
        await sleep(5)
        return scores(rows)
      },
      close: async () => void told.push(`close ${nth}`),
    }
  }
  return { told, open }
}

const noRows = () => new Float32Array(0)

test('after very many rows threads end once they have rested, and others start for the next rows', async () => {
  const { told, open } = scorers()
  const scorer = restingScorer(2, open, { many: 100, restMs: 10 })
  expect(told).toEqual([])
  await Promise.all([scorer.scoreRows(noRows, 100), scorer.scoreRows(noRows, 3)])
  expect(told).toEqual(['open 1'])
  await sleep(40)
  expect(told).toEqual(['open 1', 'close 1'])
  expect((await scorer.score(noRows(), 3)).probability).toHaveLength(3)
  await sleep(40)
  expect(told).toEqual(['open 1', 'close 1', 'open 2'])
  await scorer.close()
  expect(told.at(-1)).toBe('close 2')
})

test('closed, it stays closed', async () => {
  const { told, open } = scorers()
  const scorer = restingScorer(2, open, { many: 1, restMs: 1 })
  const scoring = scorer.scoreRows(noRows, 5)
  await scorer.close()
  expect((await scoring).raw).toHaveLength(5)
  await sleep(20)
  expect(told).toEqual(['open 1', 'close 1'])
  await expect(scorer.score(noRows(), 1)).rejects.toThrow('the model has been closed')
})
