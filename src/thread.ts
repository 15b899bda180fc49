import { Worker } from 'node:worker_threads'

/**
 * Starts a worker thread whose entry file stands beside the caller. Works from source (tsx, vitest) and built.
 *
 * @param from the caller's `import.meta.url`
 * @param name the entry's file name without extension, e.g. './lite-worker'
 * @param data handed to the worker as `workerData.data`
 */
export function startThread(from: string, name: string, data: unknown): Worker {
  const fromSource = from.endsWith('.ts')
  const entry = new URL(`${name}${fromSource ? '.ts' : '.js'}`, from).href
  const boot = fromSource ? new URL('./thread-boot.mjs', import.meta.url) : new URL(entry)
  return new Worker(boot, { workerData: { entry, data }, execArgv: [] })
}
