import { runFigures } from '../figures.ts'
import { claims } from './claims.ts'
import { delivery } from './delivery.ts'
import { races } from './races.ts'
import { restart } from './restart.ts'

/** `npm run -s torture -- NAME`: what the product survives. One entry each. */
const tortures = new Map([
  ['races', races],
  ['restart', restart],
  ['delivery', delivery],
  ['claims', claims],
])

process.exitCode = await runFigures('torture', tortures, process.argv.slice(2), {
  out: (words) => process.stdout.write(words),
  err: (words) => process.stderr.write(words),
})
