import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../src/config.ts'
import { openLog } from '../src/log.ts'
import type { DemoOptions } from '../src/main/demo.ts'
import { openDemo } from '../src/main/demo.ts'
import { start } from '../src/main.ts'
import { copyEmptyDatabase } from './places.ts'

/** The real program on its demo company, in a folder of its own and on a free port. */
export interface RunningDemo {
  readonly url: string
  /** Resolves once the first cards are out. */
  readonly ready: Promise<void>
  close(): Promise<void>
}

export async function startDemo(options: Pick<DemoOptions, 'customers' | 'seed'>): Promise<RunningDemo> {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-demo-'))
  const demo = openDemo({ ...options, folder, fresh: true })
  const config = readConfig(demo.configFile, { FORESHOCK_PORT: '0' })
  // Where there is none, as for screenshots, the program makes its own.
  if (process.env['FORESHOCK_TEST_DATABASE']) copyEmptyDatabase(config.database.folder)
  const { address, ready, close } = await start({ config, log: openLog('silent'), demo })
  return {
    url: address,
    ready,
    close: async () => {
      await close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
