import type { AnyCommand } from '../src/command.ts'
import { ask } from './ask.ts'
import { audit } from './audit.ts'
import { calendar } from './calendar.ts'
import { claim } from './claim.ts'
import { config } from './config.ts'
import { confirm } from './confirm.ts'
import { contacted } from './contacted.ts'
import { delivery } from './delivery.ts'
import { digest } from './digest.ts'
import { dismiss } from './dismiss.ts'
import { heard } from './heard.ts'
import { help } from './help.ts'
import { ideas } from './ideas.ts'
import { label } from './label.ts'
import { lexicon } from './lexicon.ts'
import { link } from './link.ts'
import { merges } from './merges.ts'
import { mine } from './mine.ts'
import { model } from './model.ts'
import { play } from './play.ts'
import { promote } from './promote.ts'
import { reassign } from './reassign.ts'
import { resolve } from './resolve.ts'
import { retained } from './retained.ts'
import { review } from './review.ts'
import { roi } from './roi.ts'
import { role } from './role.ts'
import { route } from './route.ts'
import { rules } from './rules.ts'
import { search } from './search.ts'
import { show } from './show.ts'
import { sla } from './sla.ts'
import { snooze } from './snooze.ts'
import { sources } from './sources.ts'
import { split } from './split.ts'
import { stats } from './stats.ts'
import { step } from './step.ts'

import { storms } from './storms.ts'
import { survey } from './survey.ts'
import { table } from './table.ts'
import { theme } from './theme.ts'
import { top } from './top.ts'
import { train } from './train.ts'
import { tune } from './tune.ts'
import { undo } from './undo.ts'
import { voc } from './voc.ts'
import { why } from './why.ts'

/** Every verb a person can use, in the order `help` lists them. */
export const commands: readonly AnyCommand[] = [
  top,
  stats,
  roi,
  review,
  voc,
  theme,
  calendar,
  survey,
  confirm,
  storms,
  mine,
  digest,
  sla,
  show,
  why,
  search,
  ideas,
  table,
  play,
  heard,
  label,
  claim,
  contacted,
  retained,
  resolve,
  snooze,
  dismiss,
  reassign,
  ask,
  step,
  undo,
  link,
  config,
  tune,
  lexicon,
  rules,
  model,
  train,
  promote,
  route,
  role,
  sources,
  merges,
  split,
  delivery,
  audit,
  help,
]
