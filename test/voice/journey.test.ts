import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { JOURNEY } from '../../src/paths.ts'
import { parseJourney, stageNamed } from '../../src/voice/journey.ts'

const SHIPPED = parseJourney(readFileSync(JOURNEY, 'utf8'), JOURNEY)

test('the shipped stages are known by id and in both languages', () => {
  expect(SHIPPED.stages.map(({ id }) => id)).toEqual(['onboarding', 'use', 'support', 'renewal', 'leaving'])
  for (const said of ['leaving', '离开', 'Leaving ']) expect(stageNamed(SHIPPED, said)?.id).toBe('leaving')
  expect(stageNamed(SHIPPED, 'love')).toBeNull()
})

const STAGES = 'stages: [{ id: use, name: { zh: 使用, en: Use } }]\n'

test.each([
  ['rules: []\n', /at stages/],
  [`${STAGES}rules: [{ stage: usse }]`, /names the stage "usse", which is not listed\. Did you mean "use"\?/],
  [`${STAGES}rules: [{ stage: use, channels: [chat] }]`, /the last rule takes all voices/],
  [`${STAGES}rules: [{ stage: use }, { stage: use }]`, /rule 1 fits every voice/],
  [`${STAGES}rules: [{ stage: use, whithin: 3 }]`, /at rules\.0.*whithin/],
  ['stages: [', /journey\.yaml/],
])('says what is wrong with a file: %#', (source, what) => {
  expect(() => parseJourney(source, 'journey.yaml')).toThrow(what)
})
