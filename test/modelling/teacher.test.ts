import { expect, test } from 'vitest'
import { teachElsewhere } from '../../src/modelling/teacher.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import { smallProfile } from '../features/small-profile.ts'
import { factsOf } from '../timeline/random-rows.ts'

const lecture = {
  profile: smallProfile({ aggregates: [{ name: 'visits', fn: 'count', kind: 'visit' }] }),
  timeZone: 'UTC',
  columns: buildTimeline([factsOf('ada', 1)], [{ customer: 'ada', kind: 'visit', at: 0, id: 'v' }]),
  now: new Date(30 * 86_400_000),
  dismissed: [],
  seed: 1,
  version: 'test',
}
const never = new AbortController().signal

test('what a training refuses is told in both languages, though it came from another thread', async () => {
  const finalisers = [{ name: 'doubled', expr: '2 * visit' }]
  const refused = teachElsewhere({ ...lecture, profile: { ...lecture.profile, finalisers } }, never, () => {})
  await expect(refused).rejects.toMatchObject({
    code: 'BAD_INPUT',
    said: {
      what: { zh: expect.stringMatching(/\p{Script=Han}/u), en: expect.stringContaining('visit') },
    },
  })
})

test('too short a history is a reason, and an aborted one is neither', async () => {
  expect(await teachElsewhere(lecture, never, () => {})).toMatchObject({ reason: 'short-history' })
  const stopped = AbortSignal.abort(new Error('shutting down'))
  expect(() => teachElsewhere(lecture, stopped, () => {})).toThrow('shutting down')
})
