import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Env, findConfig, parseConfig, readConfig } from '../src/config.ts'
import { isExpected } from '../src/errors.ts'

const GOOD = `company: { name: Yuanshan, timeZone: Asia/Shanghai, currency: CNY }
profile: auto
people:
  - { id: lin, name: 林晓雯, role: csm, lead: shen, locale: en-US }
  - { id: shen, name: { zh: 沈立群, en: Shen Liqun }, role: manager }
channels:
  - { id: alerts, title: 客户预警, tiers: [P0, P1, P2] }
sources:
  - name: crm
    type: file
    path: ./customers.csv
    record: customer
    fields: { keys: { crm: id }, name: name }
`
const folder = mkdtempSync(join(tmpdir(), 'foreshock-config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What a person is told, without the file's name. */
function fault(text: string): string {
  return told(() => parseConfig(text, 'foreshock.yaml'))
}

function told(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (isExpected(error)) return error.explain('en')
    throw error
  }
  return 'nothing is wrong'
}

const MEND = 'Mend the file and run `foreshock doctor` to check it.'
const replaced = (from: string, to: string): string => {
  expect(GOOD).toContain(from)
  return GOOD.replace(from, to)
}

describe('a configuration', () => {
  it('that is right is completed with defaults, both languages and absolute paths', () => {
    const file = join(folder, 'foreshock.yaml')
    writeFileSync(file, GOOD)
    expect(readConfig(file, {})).toMatchObject({
      company: { name: { zh: 'Yuanshan', en: 'Yuanshan' }, locale: 'zh' },
      people: [{ name: { zh: '林晓雯', en: '林晓雯' }, locale: 'en' }, { name: { en: 'Shen Liqun' } }],
      database: { url: null, folder: join(folder, '.foreshock/database') },
      server: { host: '127.0.0.1', port: 7070, token: null },
      schedule: { pull: '5 * * * *', score: '0 6 * * *' },
      channels: [{ chat: 'console' }],
      folder,
      file,
    })
  })

  it.each([
    [
      'an unknown key',
      replaced('currency: CNY', 'curency: CNY'),
      'line 1: company: unknown key "curency". Did you mean "currency"?',
    ],
    [
      'an unknown key at the top',
      `${GOOD}chanels: []\n`,
      'line 14: the file: unknown key "chanels". Did you mean "channels"?',
    ],
    [
      'a key like no other',
      `${GOOD}zzz: 1\n`,
      'line 14: the file: unknown key "zzz". Known: company, profile',
    ],
    [
      'a missing part',
      GOOD.replace(/^people:[\s\S]*?(?=channels)/m, ''),
      'people: is missing; give a list (lines that begin with -)',
    ],
    [
      'a number for text',
      replaced('profile: auto', 'profile: 7'),
      'line 2: profile: "7" is not text (put quotes around it if it looks like a number)',
    ],
    [
      'a port out of range',
      `${GOOD}server: { port: 70000 }\n`,
      'line 14: server.port: "70000" is too large; the most is 65535',
    ],
    ['nothing', replaced('profile: auto', 'profile:'), 'line 2: profile: nothing is not text'],
    [
      'an unknown role',
      replaced('role: csm', 'role: cms'),
      'line 4: people.0.role: "cms" is not one of viewer, csm, manager, admin. Did you mean "csm"?',
    ],
    [
      'an id with capitals',
      replaced('id: lin', 'id: Lin'),
      'line 4: people.0.id: "Lin" is not an id; use lower-case letters, digits and -',
    ],
    [
      'an unknown zone',
      replaced('Asia/Shanghai', 'Asia/Shangai'),
      'line 1: company.timeZone: "Asia/Shangai" is not a time zone; use a name such as Asia/Shanghai',
    ],
    [
      'an unknown currency',
      replaced('currency: CNY', 'currency: RMB'),
      'line 1: company.currency: "RMB" is not an ISO 4217 currency; use e.g. CNY',
    ],
    [
      'half a name',
      replaced('{ zh: 沈立群, en: Shen Liqun }', '{ zh: 沈立群 }'),
      'line 5: people.1.name: write one text for both languages, or {zh: ..., en: ...}',
    ],
    [
      'an unknown tier',
      replaced('[P0, P1, P2]', '[P0, P9]'),
      'line 7: channels.0.tiers.1: "P9" is not one of P0, P1, P2. Did you mean "P0"?',
    ],
    [
      'an unknown kind of record',
      replaced('record: customer', 'record: custmer'),
      'line 12: sources.0.record: "custmer" is not one of customer, event, feedback. Did you mean "customer"?',
    ],
    [
      'an unknown column role',
      replaced('name: name }', 'nmae: name }'),
      'line 13: sources.0.fields: unknown key "nmae". Did you mean "name"?',
    ],
    [
      'a field that is no column',
      replaced('name: name }', 'name: [a, b] }'),
      'line 13: sources.0.fields.name: ',
    ],
    [
      'an unknown lead',
      replaced('lead: shen', 'lead: chen'),
      'people: lin\'s lead "chen" is not one of the people. Did you mean "shen"?',
    ],
    [
      'one person twice',
      replaced('id: shen', 'id: lin'),
      'people: "lin" stands there twice; give each its own name',
    ],
    ['a key twice', `${GOOD}profile: retail\n`, 'line 14: Map keys must be unique'],
    ['broken YAML', replaced('profile: auto', 'profile: [auto'), 'line 3: '],
    ['a tab', replaced('  - { id: lin', '\t- { id: lin'), 'line '],
    ['an empty file', '', 'the file: nothing is not a group of keys'],
    ['a list', '- 1\n', 'the file: a list is not a group of keys'],
    ['an unknown alias', replaced('profile: auto', 'profile: *auto'), 'auto'],
    ['another file', 'no,customer\n1,K1\n', 'the file: "no,customer'],
  ])('with %s says where and what', (_, text, expected) => {
    const said = fault(text)
    expect(said).toContain(expected)
    expect(
      said.startsWith('foreshock.yaml has a fault: ') || said.startsWith('foreshock.yaml has 2 faults:'),
    ).toBe(true)
    expect(said.endsWith(MEND)).toBe(true)
    expect(said).not.toMatch(/Invalid|expected|undefined|\[object|at .*\.ts/)
  })

  it('with several faults lists each on its line', () => {
    const said = fault(
      replaced('role: csm', 'role: boss')
        .replace('Asia/Shanghai', 'Mars')
        .replace('profile: auto', 'profile: 1'),
    )
    expect(said.split('\n').filter((line) => line.startsWith('  - line '))).toHaveLength(3)
  })
  it('made to blow up is refused at once', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`)}]`),
    ].join('\n')
    expect(fault(bomb)).toMatch(/Excessive alias count|unknown key/)
  })
})

describe('finding and reading the file', () => {
  it('takes the named one, then FORESHOCK_CONFIG, then the one that is here, and says when there is none', () => {
    const here = mkdtempSync(join(folder, 'here-'))
    expect(findConfig(undefined, {}, here)).toBeNull()
    expect(findConfig(undefined, { FORESHOCK_CONFIG: '' }, here)).toBeNull()
    writeFileSync(join(here, 'foreshock.yaml'), GOOD)
    writeFileSync(join(here, 'other.yaml'), GOOD)
    expect(findConfig(undefined, {}, here)).toBe(join(here, 'foreshock.yaml'))
    expect(findConfig(undefined, { FORESHOCK_CONFIG: 'other.yaml' }, here)).toBe(join(here, 'other.yaml'))
    expect(findConfig('foreshock.yaml', { FORESHOCK_CONFIG: 'other.yaml' }, here)).toBe(
      join(here, 'foreshock.yaml'),
    )
    expect(told(() => findConfig('gone.yaml', {}, here))).toBe(
      `There is no configuration file ${join(here, 'gone.yaml')}. Give the right path with --config, or run \`foreshock demo\` to see a working one.`,
    )
  })
  it('says what is wrong with a path that is no file', () => {
    mkdirSync(join(folder, 'sub'))
    expect(told(() => readConfig(join(folder, 'sub'), {}))).toContain('sub is a folder.')
  })
})

describe('the environment', () => {
  const file = join(folder, 'env.yaml')
  const withEnv = (env: Env) => {
    writeFileSync(file, GOOD)
    return readConfig(file, env)
  }

  it('has the last word, and an empty variable none', () => {
    const env = {
      FORESHOCK_PORT: '0',
      FORESHOCK_HOST: '0.0.0.0',
      FORESHOCK_CONSOLE_TOKEN: 'x',
      DATABASE_URL: 'postgresql://u:p@db/f',
    }
    expect(withEnv(env)).toMatchObject({
      server: { port: 0, host: '0.0.0.0', token: 'x' },
      database: { url: env.DATABASE_URL },
    })
    const empty = { FORESHOCK_PORT: '', FORESHOCK_HOST: '', FORESHOCK_CONSOLE_TOKEN: '', DATABASE_URL: '' }
    const standard = { server: { port: 7070, host: '127.0.0.1', token: null }, database: { url: null } }
    expect(withEnv(empty)).toMatchObject(standard)
  })
  it.each(['abc', '-1', '65536', '80.5', '0x50', '1e3', ' '])('FORESHOCK_PORT %j is not a port', (port) => {
    expect(told(() => withEnv({ FORESHOCK_PORT: port }))).toBe(
      `FORESHOCK_PORT "${port}" is not a port. Use a number from 1 to 65535.`,
    )
  })
  it.each(['mysql://root:geheim@db/x', 'geheim', 'postgres//geheim'])(
    'DATABASE_URL that is none is refused and not repeated',
    (url) => {
      const said = told(() => withEnv({ DATABASE_URL: url }))
      expect(said).toContain(
        'DATABASE_URL is not the address of a PostgreSQL server. Write it as postgresql://',
      )
      expect(said).not.toContain('geheim')
    },
  )
})
