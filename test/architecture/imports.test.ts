import { describe, expect, test } from 'vitest'
import { noCycles, pureRoomsAreOrdered, roomsKeepToTheirNeighbours } from './imports.ts'
import { findings } from './project.ts'

describe('a room imports only from the rooms it may lean on', () => {
  const breaches: [string, string, string, RegExp][] = [
    [
      'a pure room reaches for the store',
      'src/alerts/sla.ts',
      "import { open } from '../store/store.ts'",
      /alerts may not import store/,
    ],
    [
      'as a type only',
      'src/alerts/sla.ts',
      "import type { Store } from '../store/store.ts'",
      /alerts may not import store/,
    ],
    [
      'through a dynamic import',
      'src/risk/tier.ts',
      "const late = await import('../sources/file.ts')",
      /risk may not import sources/,
    ],
    [
      'through an import type expression',
      'src/risk/tier.ts',
      "let x: import('../sources/file.ts').File",
      /risk may not import sources/,
    ],
    [
      'through a re-export',
      'src/risk/tier.ts',
      "export { x } from '../store/store.ts'",
      /risk may not import store/,
    ],
    [
      'a pure room opens a file',
      'src/voice/words.ts',
      "import { readFileSync } from 'node:fs'",
      /voice is pure and imports node:fs/,
    ],
    [
      'one I/O room leans on another',
      'src/store/cases.ts',
      "import { post } from '../chat/outbox.ts'",
      /store may not import chat/,
    ],
    [
      'a command goes round ctx',
      'commands/claim.ts',
      "import { open } from '../src/store/store.ts'",
      /commands may not import store/,
    ],
    [
      'a job goes round ctx',
      'jobs/pull.ts',
      "import { file } from '../src/sources/file.ts'",
      /jobs may not import sources/,
    ],
    [
      'a template computes',
      'templates/alert.ts',
      "import { decide } from '../src/alerts/decide.ts'",
      /only types from alerts/,
    ],
    [
      'a context takes a value',
      'src/context.ts',
      "import { open } from './store/store.ts'",
      /only types from store/,
    ],
    [
      'somebody but the command line runs main',
      'src/server.ts',
      "import { start } from './main.ts'",
      /main.ts, which is open to cli/,
    ],
    [
      'the context looks at the demo',
      'src/context.ts',
      "import type { Demo } from './demo/company.ts'",
      /open to main and cli/,
    ],
    [
      'Prisma outside the store',
      'src/timeline/build.ts',
      "import { Prisma } from '@prisma/client/runtime'",
      /@prisma\/client, whose only place is src\/store\//,
    ],
    [
      'the generated client outside the store',
      'src/main.ts',
      "import { PrismaClient } from './store/generated/client.ts'",
      /open to store/,
    ],
    [
      'the console page reaches into the server',
      'templates/console/app.tsx',
      "import { errors } from '../../src/errors.ts'",
      /only types from ground/,
    ],
    ['a file without a room', 'src/stray.ts', 'export const a = 1', /belongs to no room/],
  ]
  test.each(breaches)('%s', (_name, path, text, said) => {
    expect(findings(roomsKeepToTheirNeighbours, { [path]: text })).toEqual([expect.stringMatching(said)])
  })

  test('what may be leaned on passes', () => {
    const allowed = {
      'src/alerts/sla.ts': "import type { Tier } from '../risk/tier.ts'\nimport { HOUR } from '../clock.ts'",
      'src/store/cases.ts':
        "import { PrismaClient } from './generated/client.ts'\nimport { readFileSync } from 'node:fs'",
      'src/context.ts': "import type { Store } from './store/store.ts'",
      'commands/claim.ts':
        "import type { Command } from '../src/command.ts'\nimport { card } from '../templates/alert.ts'",
      'src/main.ts': "import { claim } from '../commands/index.ts'\nimport { open } from './store/store.ts'",
      'templates/alert.ts': "import { isAlertTier } from '../src/risk/assessment.ts'",
    }
    expect(findings(roomsKeepToTheirNeighbours, allowed)).toEqual([])
  })
})

test('a cycle is shown whole, even when types alone close it', () => {
  const texts = {
    'src/a.ts': "import { b } from './b.ts'",
    'src/b.ts': "\nimport { c } from './c.ts'",
    'src/c.ts': "import type { A } from './a.ts'",
    'src/d.ts': "import { c } from './c.ts'",
  }
  expect(findings(noCycles, texts)).toEqual([
    expect.stringMatching(/^src\/c\.ts:1 .*src\/a\.ts -> src\/b\.ts -> src\/c\.ts -> src\/a\.ts/),
  ])
})

test('two pure rooms that lean on each other through different files', () => {
  const texts = {
    'src/voice/words.ts': "import { a } from '../signals/rules.ts'",
    'src/signals/change.ts': "import { b } from '../voice/mood.ts'",
  }
  expect(findings(pureRoomsAreOrdered, texts)).toEqual([expect.stringContaining('voice leans on signals')])
})
