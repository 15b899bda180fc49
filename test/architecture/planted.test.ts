import { describe, expect, test } from 'vitest'
import { oneHomeForTheOutsideWorld, theDatabaseHasNoClock } from './banned.ts'
import { filesStayShort, LONGEST, noDrawers, theRootIsSmall } from './house.ts'
import { dependenciesAreUsedAndExplained } from './packages.ts'
import { exampleEnvironmentIsTheConfig, readmeTreeIsTheDisk } from './papers.ts'
import { findings } from './project.ts'
import { everyVerbAndJobIsRegistered } from './registered.ts'

describe('every command and job is registered under its own name', () => {
  const index = "import { claim } from './claim.ts'\nexport const commands = [claim]"
  const claim = "export const claim = { name: 'claim' } satisfies object"
  const check = (texts: Record<string, string>) => findings(everyVerbAndJobIsRegistered, texts)

  test('a complete folder passes, with hyphens turned to capitals', () => {
    expect(check({ 'commands/index.ts': index, 'commands/claim.ts': claim })).toEqual([])
    const jobs = {
      'jobs/index.ts': "import { followUp } from './follow-up.ts'",
      'jobs/follow-up.ts': "export const followUp: Job = { name: 'follow-up' }",
    }
    expect(check(jobs)).toEqual([])
  })

  test('a file that is not listed, or only as a type', () => {
    const why = "export const why = { name: 'why' }"
    const files = { 'commands/index.ts': index, 'commands/claim.ts': claim, 'commands/why.ts': why }
    expect(check(files)).toEqual([expect.stringContaining('does not list commands/why.ts')])
    const typed = { ...files, 'commands/index.ts': `${index}\nimport type { why } from './why.ts'` }
    expect(check(typed)).toHaveLength(1)
  })

  test('a wrong export, a wrong name, a missing list', () => {
    expect(check({ 'commands/index.ts': index, 'commands/claim.ts': 'export const take = {}' })).toEqual([
      expect.stringContaining('does not export `claim`'),
    ])
    expect(
      check({ 'commands/index.ts': index, 'commands/claim.ts': claim.replace("'claim'", "'take'") }),
    ).toEqual([expect.stringContaining('is called "take"')])
    expect(check({ 'jobs/pull.ts': 'export const pull = 1' })).toEqual([
      expect.stringContaining('has no index.ts'),
    ])
  })
})

describe('one home for time, chance, environment and console', () => {
  test.each([
    ['Date.now()', 'Date.now'],
    ['new Date()', 'new Date()'],
    ['Math.random()', 'Math.random'],
    ['crypto.randomUUID()', 'crypto.randomUUID'],
    ["process.env['HOME']", 'process.env'],
    ["console.log('x')", 'console.log'],
    ["console['log']('x')", 'console.[]'],
  ])('%s', (code, name) => {
    const found = findings(oneHomeForTheOutsideWorld, { 'src/alerts/sla.ts': `// why\nconst x = ${code}` })
    expect(found).toEqual([
      expect.stringMatching(`^src/alerts/sla.ts:2 uses \`${name.replace(/[.[\]()]/g, '\\$&')}\``),
    ])
  })

  test('the same words at home, in comments and in texts pass', () => {
    const texts = {
      'src/clock.ts': 'const now = new Date()',
      'src/cli.ts': "console.log('x')",
      'src/config.ts': 'const env = process.env',
      'src/alerts/sla.ts': "// Date.now()\nconst hint = 'never Date.now()', day = new Date(0)",
    }
    expect(findings(oneHomeForTheOutsideWorld, texts)).toEqual([])
  })
})

test('the database is never asked for the time', () => {
  const texts = {
    'src/store/cases.ts': 'const at = clock.now()\nconst sql = `UPDATE alert\n  SET at = now() WHERE id = 1`',
    'src/store/outbox.ts': "const sql = 'SELECT CURRENT_TIMESTAMP'",
    'prisma/schema.prisma': '// @default(now()) is banned\nmodel A {\n  at DateTime @default(now())\n}',
    'prisma/migrations/1_a/migration.sql': '-- now()\nCREATE TABLE a (at date DEFAULT current_date);',
    'src/chat/outbox.ts': 'const fine = "now()"',
  }
  expect(findings(theDatabaseHasNoClock, texts).map((line) => line.split(' ')[0])).toEqual([
    'src/store/cases.ts:3',
    'src/store/outbox.ts:1',
    'prisma/schema.prisma:3',
    'prisma/migrations/1_a/migration.sql:2',
  ])
})

test('a new entry in the root, a drawer and a long file', () => {
  expect(findings(theRootIsSmall, { 'scripts/run.sh': '', 'src/main.ts': '' })).toEqual([
    expect.stringContaining('scripts:1'),
  ])
  expect(
    findings(noDrawers, { 'src/utils/a.ts': '', 'src/helpers.ts': '', 'src/voice/words.ts': '' }),
  ).toHaveLength(2)
  const long = { 'src/a.ts': 'let a\n'.repeat(LONGEST + 1), 'src/b.ts': 'let b\n'.repeat(LONGEST) }
  expect(findings(filesStayShort, long)).toEqual([
    expect.stringContaining(`src/a.ts:${LONGEST + 1} has ${LONGEST + 1} lines`),
  ])
})

describe('README shows the tree as it is', () => {
  const disk = {
    'src/main.ts': '',
    'src/clock.ts': '',
    'src/store/cases.ts': '',
    'docs/a.md': '',
    'package.json': '',
  }
  const readme = (...lines: string[]) => ['# X', '## Architecture', '```text', ...lines, '```'].join('\n')
  const check = (text: string) => findings(readmeTreeIsTheDisk, { ...disk, 'README.md': text })

  test('remarks, several names on a line and folders left closed', () => {
    const lines = [
      'docs/       # papers',
      'src/',
      '  main.ts clock.ts   what runs',
      '  store/    the only importer of Prisma',
    ]
    expect(check(readme(...lines))).toEqual([])
  })

  test('a name that is not there, and one left out', () => {
    const found = check(readme('docs/', 'src/', '  main.ts gone.ts', '  store/'))
    expect(found).toEqual([
      expect.stringMatching(/^README\.md:6 names src\/gone\.ts/),
      expect.stringContaining('leaves out src/clock.ts'),
    ])
  })

  test('an opened folder is shown whole; no tree and no README are said', () => {
    const opened = readme('docs/', '  a.md', '  b.md', 'src/', '  main.ts clock.ts', '  store/')
    expect(check(opened)).toEqual([expect.stringContaining('names docs/b.md')])
    expect(check('# X')).toEqual([expect.stringContaining('has no ```text tree')])
    expect(findings(readmeTreeIsTheDisk, disk)).toEqual([expect.stringContaining('is missing')])
  })
})

test('.env.example and ENV name the same variables', () => {
  const config = "export const ENV = { A_URL: { describe: 'x' }, B_PORT: { describe: 'y' } } as const"
  const check = (example: string) =>
    findings(exampleEnvironmentIsTheConfig, { 'src/config.ts': config, '.env.example': example })
  expect(check('# A remark\nA_URL=\n# B_PORT=7070\n')).toEqual([])
  expect(check('A_URL=\nC=1\n')).toEqual([
    expect.stringMatching(/^\.env\.example:2 names C/),
    expect.stringContaining('leaves out B_PORT'),
  ])
  expect(findings(exampleEnvironmentIsTheConfig, { 'src/config.ts': 'export const a = 1' })).toHaveLength(1)
})

test('a dependency without a reason, or without a use', () => {
  const manifest = {
    scripts: { build: 'tsc -p .' },
    dependencies: { pg: '8.0.0', typescript: '7.0.0' },
    devDependencies: { nock: '14.0.0', '@types/pg': '8.0.0' },
  }
  const texts = {
    'package.json': JSON.stringify(manifest, null, 2),
    'docs/decisions.md': '**`typescript`**, **`nock`** and **`@types/pg`**, not `koa`\n**`express`**',
    'src/store/database.ts': "import { Pool } from 'pg'",
  }
  expect(findings(dependenciesAreUsedAndExplained, texts)).toEqual([
    expect.stringMatching(/^package\.json:10 nock is used nowhere/),
    expect.stringMatching(/^package\.json:6 pg has no reason/),
    expect.stringMatching(/^docs\/decisions\.md:2 explains express, which is not there/),
  ])
})
