/** A part of the house, and which other parts its files may lean on. */
export interface Room {
  readonly name: string
  /** Files, and folders ending in `/`. Where several rooms match a file, the longest match wins. */
  readonly holds: readonly string[]
  /** Rooms it may import from; its own is always allowed. */
  readonly may: readonly string[]
  /** Rooms it may import only types from. */
  readonly mayTypes?: readonly string[]
  /** Single files it may import besides. */
  readonly also?: readonly string[]
  /** It reaches no file, network or clock: of Node itself it may import nothing. */
  readonly pure?: true
}

/** Numbers and words in, numbers and words out. */
export const PURE: readonly string[] = [
  'records',
  'features',
  'signals',
  'voice',
  'sentinel',
  'alerts',
  'risk',
  'learning',
  'reports',
]
const ALL = ['*']

/** The house (DESIGN section 1) as data. Rooms name each other; a file outside every room is an offence. */
export const ROOMS: readonly Room[] = [
  // What everyone may use.
  {
    name: 'ground',
    holds: [
      'src/errors.ts',
      'src/text.ts',
      'src/clock.ts',
      'src/ids.ts',
      'src/nearest.ts',
      'src/unknown-command.ts',
      'src/own-value.ts',
    ],
    may: [],
  },
  {
    name: 'frame',
    holds: ['src/log.ts', 'src/paths.ts', 'src/thread.ts', 'src/thread-boot.mjs'],
    may: ['ground'],
  },

  ...PURE.map(
    (name): Room => ({
      name,
      holds: [`src/${name}/`],
      may: ['ground', 'contracts', ...PURE.filter((other) => other !== name)],
      pure: true,
    }),
  ),

  // Contracts: shapes that two rooms agree on without knowing each other.
  {
    name: 'contracts',
    holds: [
      'src/sources/source.ts',
      'src/timeline/history.ts',
      'src/timeline/rows.ts',
      'src/chat/card.ts',
      'src/chat/chat.ts',
      'src/chat/fault.ts',
      'src/chat/inbound.ts',
      'src/chat/inbox-rows.ts',
      'src/chat/outbox-rows.ts',
      'src/chat/console/wire.ts',
      'src/chat/console/ports.ts',
      'src/ingest/ports.ts',
    ],
    may: [],
    mayTypes: ['ground', ...PURE],
    pure: true,
  },
  {
    name: 'verbs',
    holds: ['src/context.ts', 'src/command.ts', 'src/job.ts'],
    may: ['ground'],
    mayTypes: ALL,
    pure: true,
  },

  // I/O rooms: each alone with its part of the world.
  ...['sources', 'timeline', 'chat', 'store'].map(
    (name): Room => ({
      name,
      holds: [`src/${name}/`],
      may: ['ground', 'frame', 'contracts', ...PURE, ...(name === 'store' ? ['generated client'] : [])],
    }),
  ),
  {
    name: 'scorer',
    holds: ['src/risk/scorer.ts'],
    may: ['ground', 'frame', 'contracts', ...PURE],
  },
  // Learned models: their files, and the thread that runs them.
  {
    name: 'model runner',
    holds: [
      'src/risk/bulk-worker.ts',
      'src/risk/learned-model.ts',
      'src/risk/model-check.ts',
      'src/risk/model-files.ts',
      'src/risk/model-scorer.ts',
      'src/risk/model-serve.ts',
      'src/risk/model-thread.ts',
      'src/risk/model-worker.ts',
    ],
    may: ['ground', 'frame', ...PURE],
  },
  // Threads for the trainers, which know none themselves.
  { name: 'training threads', holds: ['src/learning/threads/'], may: ['ground', 'frame', 'learning'] },
  // Pictures: a font, a chart library, and the thread that has them.
  { name: 'drawing', holds: ['src/drawing/'], may: ['ground', 'frame', 'contracts'] },
  { name: 'generated client', holds: ['src/store/generated/'], may: [] },

  // What comes in over HTTP: read by the sources' own rules, proved as chat platforms' requests are.
  {
    name: 'ingest',
    holds: ['src/ingest/'],
    may: ['ground', 'frame', 'contracts', 'sources', ...PURE],
    also: ['src/chat/raw-body.ts', 'src/chat/secrets.ts', 'src/server-errors.ts'],
  },

  // Care that leaves for customers: signed as what comes in over HTTP is.
  {
    name: 'care',
    holds: ['src/care/'],
    may: ['ground', 'contracts'],
    also: ['src/ingest/proof.ts'],
  },

  // What a model is learned from, tried against, and how the one in use is kept open and watched.
  {
    name: 'modelling',
    holds: ['src/modelling/'],
    may: ['ground', 'frame', 'contracts', 'model runner', 'training threads', ...PURE],
    mayTypes: ['verbs'],
  },

  // What people see.
  {
    name: 'templates',
    holds: ['templates/'],
    may: ['ground', 'contracts'],
    mayTypes: PURE,
    // Closed lists and what tells their members apart: a template names them all.
    also: ['src/alerts/alert.ts', 'src/risk/assessment.ts', 'src/records/person.ts', 'src/features/rate.ts'],
    pure: true,
  },
  {
    name: 'console page',
    holds: ['templates/console/'],
    may: [],
    mayTypes: ['ground', 'contracts'],
    pure: true,
  },

  // What a verdict leads to, whenever it was made: shared by the nightly run and by what is heard at once.
  {
    name: 'judging',
    holds: ['src/judging/'],
    may: ['ground', 'contracts', 'verbs', 'settings', ...PURE],
    mayTypes: ['scorer'],
    pure: true,
  },

  // What sets the machine in motion; both reach the world only through `ctx`.
  ...['commands', 'jobs'].map(
    (name): Room => ({
      name,
      holds: [`${name}/`],
      may: ['ground', 'contracts', 'verbs', 'settings', 'templates', 'judging', ...PURE],
      mayTypes: ['scorer'],
      pure: true,
    }),
  ),

  // What is put together, and where.
  {
    name: 'settings',
    holds: ['src/settings/'],
    may: ['ground', ...PURE],
    pure: true,
  },
  {
    name: 'config',
    holds: ['src/config.ts', 'src/config/'],
    may: ['ground', 'frame', ...PURE],
    also: [
      'src/sources/mapping.ts',
      'src/sources/row-mapping.ts',
      'src/sources/variable.ts',
      'src/chat/access.ts',
      'src/ingest/access.ts',
    ],
  },
  {
    name: 'motion',
    holds: ['src/dispatch.ts', 'src/job-run.ts', 'src/scheduler.ts', 'src/server.ts', 'src/server-errors.ts'],
    may: ['ground', 'frame', 'contracts', 'verbs', ...PURE],
  },
  {
    name: 'demo',
    holds: ['src/demo/'],
    may: ['ground', 'frame', 'contracts', ...PURE],
    mayTypes: ['verbs', 'config'],
  },
  { name: 'main', holds: ['src/main.ts', 'src/main/'], may: ALL },
  { name: 'cli', holds: ['src/cli.ts', 'src/cli/'], may: ALL },
  { name: 'test', holds: ['test/'], may: ALL },
  { name: 'tools', holds: ['prisma.config.ts', 'vitest.config.ts'], may: [] },
]

/** Rooms that even a room that may import anything leaves alone, and the few that may not. */
export const LEAVES: Readonly<Record<string, readonly string[]>> = {
  main: ['cli', 'test'],
  cli: ['test'],
  test: [],
  demo: ['main', 'cli', 'test'],
  'generated client': ['store', 'test'],
}

export function roomOf(path: string): Room | undefined {
  let best: Room | undefined
  let length = 0
  for (const room of ROOMS) {
    for (const held of room.holds) {
      const inside = held.endsWith('/') ? path.startsWith(held) : path === held
      if (inside && held.length > length) [best, length] = [room, held.length]
    }
  }
  return best
}
