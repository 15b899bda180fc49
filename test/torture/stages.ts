import { larkStage } from './lark-stage.ts'
import { slackStage } from './slack-stage.ts'
import type { OpenStage } from './stage.ts'

export const STAGES: ReadonlyMap<string, OpenStage> = new Map([
  ['slack', slackStage],
  ['lark', larkStage],
])
