import { runFigures } from '../figures.ts'
import { clicks } from './clicks.ts'
import { explain } from './explain.ts'
import { features } from './features.ts'
import { ingest } from './ingest.ts'
import { nightly } from './nightly.ts'
import { score } from './score.ts'
import { search } from './search.ts'
import { train } from './train.ts'
import { voices } from './voices.ts'

/** `npm run -s bench -- NAME`: how fast the product is. One entry each. */
const benches = new Map([
  ['clicks', clicks],
  ['explain', explain],
  ['ingest', ingest],
  ['score', score],
  ['search', search],
  ['nightly', nightly],
  ['train', train],
  ['features', features],
  ['voices', voices],
])

process.exitCode = await runFigures('bench', benches, process.argv.slice(2), {
  out: (words) => process.stdout.write(words),
  err: (words) => process.stderr.write(words),
})
