import { randomIds } from '../../src/ids.ts'
import { MIGRATIONS } from '../../src/paths.ts'
import type { Place } from '../../src/store/database.ts'
import { openDatabase } from '../../src/store/database.ts'
import { openStore } from '../../src/store/store.ts'
import { type Errand, runErrands } from './lane.ts'

/** One of several processes that work the same cases: does the errands it is sent and answers with what came of them. */
const [lane, place] = process.argv.slice(2) as [string, string]
const database = await openDatabase(JSON.parse(place) as Place, MIGRATIONS)
const store = openStore(database, randomIds, 'CNY')

process.on('message', (errands: readonly Errand[]) => {
  runErrands(store, lane, errands).then(
    (answers) => process.send?.({ answers }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.on('disconnect', () => {
  void database.close().finally(() => process.exit(0))
})
process.send?.({ ready: true })
