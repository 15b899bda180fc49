import { readFile } from 'node:fs/promises'
import { type Columns, firstFrom } from '../../src/features/columns.ts'
import { type FeatureList, featureList } from '../../src/features/feature-list.ts'
import { computeFeatures } from '../../src/features/kernel.ts'
import { loadProfile } from '../../src/features/load-profile.ts'
import { areaUnderCurve } from '../../src/learning/auc.ts'
import { CANDIDATES } from '../../src/learning/candidates.ts'
import { coldStartScore } from '../../src/risk/score.ts'
import { coldStartSignals } from '../../src/signals/index.ts'
import type { Signal } from '../../src/signals/signal.ts'
import { historyOf } from '../../src/timeline/view.ts'
import { loadLexicon } from '../../src/voice/lexicon.ts'
import { type Findings, figure, type Options } from '../figures.ts'
import { OUTCOME_KNOWN, readOrders, timelineOf } from './cdnow-data.ts'
import { forward, outOfFold } from './cdnow-models.ts'

/** The end of 1997-09-30, and the 39 weeks after it in which a customer who stays buys again. */
const AS_OF = Date.UTC(1997, 9, 1)

/**
 * Real orders of a CD shop: every customer is scored by the retail profile's cold-start signals, then compared with
 * who really came back, and with what learned models make of the same orders. --quick tries one candidate only.
 */
export async function cdnow({ data, quick }: Options): Promise<Findings> {
  const start = performance.now()
  const candidates = quick ? CANDIDATES.slice(0, 1) : CANDIDATES
  const profile = loadProfile(await shipped('profiles/retail.yaml'), 'models/profiles/retail.yaml')
  const { orders, quarantined } = await readOrders(data, new Set(Object.keys(profile.kinds)))
  const lexicon = loadLexicon(await shipped('lexicons/churn.yaml'), 'models/lexicons/churn.yaml')
  const columns = timelineOf(orders)
  const list = featureList(profile)
  const scores = scoreAll(columns, list, coldStartSignals(profile, lexicon))
  const { gone, quiet } = outcomes(columns)
  return {
    figures: [
      figure('cdnow.customers', columns.size, 'customers', '=23570'),
      figure('cdnow.rows', orders.length, 'rows', '=69659'),
      figure('cdnow.quarantined', quarantined, 'rows', '=0'),
      figure('cdnow.rules.auc', areaUnderCurve(scores, gone), 'auc', '>=0.74'),
      figure('cdnow.recency.auc', areaUnderCurve(quiet, gone), 'auc'),
      ...(await outOfFold(list, columns, candidates)),
      ...(await forward(list, columns, candidates)),
      figure('cdnow.seconds', (performance.now() - start) / 1000, 's'),
    ],
  }
}

function shipped(path: string): Promise<string> {
  return readFile(new URL(`../../models/${path}`, import.meta.url), 'utf8')
}

function scoreAll(columns: Columns, list: FeatureList, signals: readonly Signal[]): number[] {
  const features = computeFeatures(list, columns, AS_OF)
  return columns.facts.map((_, customer) => {
    const history = historyOf(columns, customer, AS_OF, list, [], features)
    const readings = signals.map((signal) => signal.read(history)).filter((reading) => reading !== null)
    return coldStartScore(readings, history, list.profile.rhythm.kind)
  })
}

/** Who did not buy again, and how long each had been quiet: the bar that any score has to clear. */
function outcomes(columns: Columns): { gone: boolean[]; quiet: number[] } {
  const { at, offsets } = columns.blocks.get('order')!
  const gone: boolean[] = []
  const quiet: number[] = []
  for (let customer = 0; customer < columns.size; customer += 1) {
    const low = offsets[customer]!
    const high = offsets[customer + 1]!
    const later = firstFrom(at, low, high, AS_OF)
    gone.push(firstFrom(at, later, high, OUTCOME_KNOWN) === later)
    quiet.push(later === low ? Number.POSITIVE_INFINITY : AS_OF - at[later - 1]!)
  }
  return { gone, quiet }
}
