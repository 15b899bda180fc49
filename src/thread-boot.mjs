// Worker threads do not inherit a loader: running from source, a .ts entry needs tsx registered first.
import { workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
await import(workerData.entry)
