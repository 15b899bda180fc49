import { expect, it } from 'vitest'
import { jobs } from '../../jobs/index.ts'
import { jobsBlock } from '../../templates/jobs.ts'

it.each(jobs.map(({ name }) => name))('the job %s has a name of its own in both languages', (job) => {
  const line = { job, startedAt: new Date(0), finishedAt: null, report: null, error: null }
  const named = (['zh', 'en'] as const).map((locale) => {
    const block = jobsBlock([line], { locale, timeZone: 'UTC', now: new Date(0) })
    return block.kind === 'table' ? block.rows[0]!.cells[0]! : ''
  })
  expect(named[0]).toMatch(/^\p{Script=Han}+$/u)
  expect(named[1]).toMatch(/^[A-Z][a-z]+( [a-z]+)?$/)
})
