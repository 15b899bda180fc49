import { defineConfig } from 'vitest/config'

/** nock leaves traces in Node's HTTP client: whoever uses it gets a world of its own. */
const ALONE = ['test/chat/slack/faults.test.ts']

export default defineConfig({
  test: {
    globalSetup: ['test/global-setup.ts'],
    // Only for what hangs: a machine that others use as well is ten times slower now and then, and timings decide no test.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      // Modules are loaded once for all files of a worker: loading them for each took a third of the time.
      {
        extends: true,
        test: { name: 'together', include: ['test/**/*.test.ts'], exclude: ALONE, isolate: false },
      },
      { extends: true, test: { name: 'alone', include: ALONE } },
    ],
  },
})
