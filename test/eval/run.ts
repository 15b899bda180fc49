import { runFigures } from '../figures.ts'
import { cdnow } from './cdnow.ts'
import { demo } from './demo.ts'
import { sentiment } from './sentiment.ts'
import { signals } from './signals.ts'
import { sentinelFigures } from './signals-sentinel.ts'
import { telco } from './telco.ts'
import { words } from './words.ts'

/** `npm run -s eval -- NAME`: how good the product is on real data. One entry each. */
const evaluations = new Map([
  ['cdnow', cdnow],
  ['demo', demo],
  ['sentiment', sentiment],
  ['signals', signals],
  ['sentinel', sentinelFigures],
  ['telco', telco],
  ['words', words],
])

process.exitCode = await runFigures('eval', evaluations, process.argv.slice(2), {
  out: (words) => process.stdout.write(words),
  err: (words) => process.stderr.write(words),
})
