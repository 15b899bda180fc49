// Worker threads do not inherit a loader: running from source, a .ts entry needs tsx registered first. That costs each
// thread a second, so tests, which start hundreds, build once and name the folder where the same entry stands built.
import { workerData } from 'node:worker_threads'

const { entry } = workerData
const built = process.env.FORESHOCK_BUILT
if (built === undefined) {
  const { register } = await import('tsx/esm/api')
  register()
  await import(entry)
} else {
  const source = new URL('..', import.meta.url).href
  await import(new URL(entry.slice(source.length).replace(/\.ts$/, '.js'), built).href)
}
