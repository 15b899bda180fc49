import type { Job } from '../src/job.ts'
import { advise } from './advise.ts'
import { care } from './care.ts'
import { digest } from './digest.ts'
import { drift } from './drift.ts'
import { followUp } from './follow-up.ts'
import { mail } from './mail.ts'
import { morning } from './morning.ts'
import { pull } from './pull.ts'
import { read } from './read.ts'
import { remind } from './remind.ts'
import { retention } from './retention.ts'
import { retrain } from './retrain.ts'
import { review } from './review.ts'
import { score } from './score.ts'
import { sentinel } from './sentinel.ts'
import { sla } from './sla.ts'
import { tries } from './tries.ts'

/** Every scheduled run, in the order they are run when several are due at the same moment. */
export const jobs: readonly Job[] = [
  pull,
  read,
  sentinel,
  score,
  followUp,
  care,
  remind,
  digest,
  morning,
  retrain,
  drift,
  tries,
  advise,
  review,
  retention,
  sla,
  mail,
]
