import { z } from 'zod'
import { ForeshockError } from '../errors.ts'
import { didYouMean } from '../nearest.ts'
import type { Text } from '../text.ts'
import { readYaml } from './read-yaml.ts'

/** Where customers stand when they speak, as data: models/journey.yaml. */

const id = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'is not an id; use lower-case letters, digits and -')
const days = z.number().int().min(0).max(3_660)
const names = z.array(z.string().trim().min(1).max(64)).min(1).max(50)
const title = z.string().trim().min(1).max(40)

const ruleSchema = z.strictObject({
  stage: id,
  words: names.exactOptional(),
  cancelled: days.exactOptional(),
  due: names.exactOptional(),
  before: days.default(0),
  after: days.default(0),
  within: days.exactOptional(),
  channels: names.exactOptional(),
})
const journeySchema = z.strictObject({
  stages: z
    .array(z.strictObject({ id, name: z.strictObject({ zh: title, en: title }) }))
    .min(1)
    .max(20),
  rules: z.array(ruleSchema).min(1).max(50),
})

/** Every condition of a rule must hold; without one it fits every voice. */
export type JourneyRule = z.infer<typeof ruleSchema>

export interface JourneyStage {
  readonly id: string
  readonly name: Text
}

export interface Journey {
  /** In the order customers go through them. */
  readonly stages: readonly JourneyStage[]
  /** The first that fits decides; the last fits everything. */
  readonly rules: readonly JourneyRule[]
}

/** What a stage is told by. */
export interface StageRules {
  readonly journey: Journey
  /** Kinds of events that end it all. */
  readonly cancelled: readonly string[]
}

/** Reads a journey. Throws CONFIG_INVALID naming the file, the place and the mend. */
export function parseJourney(source: string, file: string): Journey {
  const result = journeySchema.safeParse(readYaml(source, file) ?? {})
  if (!result.success) {
    const [issue] = result.error.issues
    throw invalid(file, `at ${issue!.path.join('.') || 'the top'}: ${issue!.message}`)
  }
  const { stages, rules } = result.data
  const known = stages.map((stage) => stage.id)
  const stranger = rules.find(({ stage }) => !known.includes(stage))
  if (stranger !== undefined) {
    const { stage } = stranger
    throw invalid(file, `a rule names the stage "${stage}", which is not listed.${didYouMean(stage, known)}`)
  }
  if (conditionsOf(rules.at(-1)!) > 0)
    throw invalid(file, 'the last rule takes all voices that are left; remove its conditions')
  const early = rules.slice(0, -1).findIndex((rule) => conditionsOf(rule) === 0)
  if (early >= 0) throw invalid(file, `rule ${early + 1} fits every voice; put it last`)
  return { stages, rules }
}

/** The stage a word names, by id or in either language; null: none. */
export function stageNamed({ stages }: Journey, said: string): JourneyStage | null {
  const wanted = said.trim().toLowerCase()
  const called = (stage: JourneyStage) => [stage.id, stage.name.zh, stage.name.en.toLowerCase()]
  return stages.find((stage) => called(stage).includes(wanted)) ?? null
}

function conditionsOf({ words, cancelled, due, within, channels }: JourneyRule): number {
  return [words, cancelled, due, within, channels].filter((each) => each !== undefined).length
}

function invalid(file: string, what: string): ForeshockError {
  return new ForeshockError(
    'CONFIG_INVALID',
    `${file}: ${/[.?]$/.test(what) ? what : `${what}.`}`,
    'models/journey.yaml shows how stages and rules are written.',
  )
}
