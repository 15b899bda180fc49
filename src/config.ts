import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type Document, LineCounter, parseDocument } from 'yaml'
import { type LarkAccess, larkAccess, type SlackAccess, slackAccess } from './chat/access.ts'
import { crossCheck, faultOf, invalid } from './config/faults.ts'
import { variablesOfOutgoing } from './config/outgoing.ts'
import { type ConfigFile, configSchema } from './config/schema.ts'
import { ForeshockError } from './errors.ts'
import { type IngestAccess, ingestAccess } from './ingest/access.ts'
import { variablesOf } from './sources/mapping.ts'

/** The only reader of the environment and of the configuration file. */

/** Every environment variable the program reads; `.env.example` lists the same. */
export const ENV = {
  DATABASE_URL: {
    describe:
      'PostgreSQL server to use instead of the embedded database, postgresql://user:password@host/database',
  },
  FORESHOCK_CONFIG: { describe: 'Configuration file; default ./foreshock.yaml' },
  FORESHOCK_PORT: { describe: 'Port of the console and of webhooks; default 7070' },
  FORESHOCK_HOST: {
    describe: 'Address to listen on; default 127.0.0.1. Any other needs FORESHOCK_CONSOLE_TOKEN',
  },
  FORESHOCK_CONSOLE_TOKEN: { describe: 'Secret that opens the console when it does not listen on loopback' },
  SLACK_BOT_TOKEN: {
    describe: 'Slack: the app’s bot token, xoxb-...; with SLACK_APP_TOKEN, cards go to Slack',
  },
  SLACK_APP_TOKEN: {
    describe: 'Slack: the app-level token, xapp-..., for the socket (needs no public address)',
  },
  SLACK_SIGNING_SECRET: { describe: 'Slack over HTTP instead of the socket: the app’s signing secret' },
  SLACK_API_URL: { describe: 'Slack: another root of its Web API, for tests' },
  LARK_APP_ID: { describe: 'Lark or Feishu: the app’s id, cli_...; with LARK_APP_SECRET, cards go there' },
  LARK_APP_SECRET: { describe: 'Lark or Feishu: the app’s secret' },
  LARK_ENCRYPT_KEY: { describe: 'Lark over HTTP instead of the long connection: the app’s encrypt key' },
  LARK_VERIFICATION_TOKEN: { describe: 'Lark over HTTP: the app’s verification token' },
  LARK_DOMAIN: { describe: 'feishu (default), lark, or the address of a server' },
  FORESHOCK_INGEST_TOKEN: {
    describe: 'POST /ingest: bearer tokens of who may send, NAME:TOKEN, several with commas',
  },
  FORESHOCK_INGEST_SECRET: {
    describe: 'POST /ingest: secrets of who signs with HMAC-SHA256, NAME:SECRET, several with commas',
  },
  HUBSPOT_TOKEN: { describe: 'HubSpot: a private app’s token, pat-...; a source may name another variable' },
  SALESFORCE_CLIENT_ID: { describe: 'Salesforce: the connected app’s consumer key' },
  SALESFORCE_CLIENT_SECRET: { describe: 'Salesforce: the connected app’s consumer secret' },
  SALESFORCE_REFRESH_TOKEN: {
    describe: 'Salesforce: a refresh token; without it the app logs in with its client credentials',
  },
  ZENDESK_EMAIL: { describe: 'Zendesk: the e-mail address of the admin whose token it is' },
  ZENDESK_TOKEN: { describe: 'Zendesk: an API token' },
  INTERCOM_TOKEN: { describe: 'Intercom: an app’s access token' },
  FORESHOCK_LOG: { describe: 'Log level: debug, info, warn, error or silent; default info' },
} as const

export type Env = Readonly<Partial<Record<keyof typeof ENV, string>>>

/** Everything the program was told, with paths made absolute and the environment's word last. */
export interface Config extends Omit<ConfigFile, 'database' | 'server'> {
  /** The file it came from, and its folder, which relative paths start from. */
  readonly file: string
  readonly folder: string
  readonly database: { readonly url: string | null; readonly folder: string }
  readonly server: { readonly host: string; readonly port: number; readonly token: string | null }
  /** How to be let in, and whom to let in; null: not used. */
  readonly access: {
    readonly slack: SlackAccess | null
    readonly lark: LarkAccess | null
    readonly ingest: IngestAccess | null
  }
  /** The environment variables that sources, care and mail name, those that are set: secrets, never shown. */
  readonly variables: Readonly<Record<string, string>>
}

/** The configuration file to use, or null when none was named and there is none here. Throws CONFIG_MISSING. */
export function findConfig(named: string | undefined, env: Env, cwd: string): string | null {
  const wanted = named ?? (env.FORESHOCK_CONFIG || undefined)
  const path = resolve(cwd, wanted ?? 'foreshock.yaml')
  if (existsSync(path)) return path
  if (wanted === undefined) return null
  throw new ForeshockError(
    'CONFIG_MISSING',
    `There is no configuration file ${path}.`,
    'Give the right path with --config, or run `foreshock demo` to see a working one.',
  )
}

/** Reads, checks and completes a configuration file. Throws CONFIG_INVALID with every fault, its line and its mend. */
export function readConfig(file: string, env: Env): Config {
  return completeConfig(parseConfig(contentOf(file), file), file, env)
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why =
      code === 'EISDIR'
        ? 'is a folder'
        : code === 'EACCES'
          ? 'may not be read by this user'
          : `cannot be read (${code})`
    throw new ForeshockError(
      'CONFIG_INVALID',
      `The configuration file ${file} ${why}.`,
      'Name a readable YAML file with --config.',
    )
  }
}

/** The checked content of a configuration file's text. */
export function parseConfig(text: string, file: string): ConfigFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  const broken = document.errors[0]
  if (broken !== undefined) {
    const { line } = lines.linePos(broken.pos[0])
    throw invalid(file, [`line ${line}: ${broken.message.replace(/ at line \d+, column \d+[\s\S]*$/, '')}`])
  }
  const result = configSchema.safeParse(contentIn(document, file), { reportInput: true })
  if (!result.success) {
    throw invalid(
      file,
      result.error.issues.map((issue) => faultOf(issue, document, lines)),
    )
  }
  const faults = crossCheck(result.data)
  if (faults.length > 0) throw invalid(file, faults)
  return result.data
}

/** Resolves the document's aliases; a file made to blow up when they are resolved is refused. */
function contentIn(document: Document, file: string): unknown {
  try {
    return document.toJS()
  } catch (error) {
    throw invalid(file, [(error as Error).message])
  }
}

function completeConfig(config: ConfigFile, file: string, env: Env): Config {
  const folder = dirname(file)
  return {
    ...config,
    file,
    folder,
    database: { url: databaseUrl(env), folder: resolve(folder, config.database.folder) },
    server: {
      host: env.FORESHOCK_HOST || config.server.host,
      port: portFrom(env) ?? config.server.port,
      token: env.FORESHOCK_CONSOLE_TOKEN || null,
    },
    access: { slack: slackAccess(env), lark: larkAccess(env), ingest: ingestAccess(env) },
    variables: variablesIn(env, [...config.sources.flatMap(variablesOf), ...variablesOfOutgoing(config)]),
  }
}

/** Of the environment's further variables only those that the file names are looked at. */
function variablesIn(env: Readonly<Record<string, string | undefined>>, names: readonly string[]) {
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
}

function portFrom({ FORESHOCK_PORT: words = '' }: Env): number | null {
  if (words === '') return null
  if (/^\d{1,5}$/.test(words) && Number(words) <= 65_535) return Number(words)
  throw new ForeshockError(
    'CONFIG_INVALID',
    `FORESHOCK_PORT "${words}" is not a port.`,
    'Use a number from 1 to 65535.',
  )
}

/** The address is never repeated: it may carry a password. */
function databaseUrl({ DATABASE_URL: words = '' }: Env): string | null {
  if (words === '') return null
  if (URL.canParse(words) && /^postgres(ql)?:$/.test(new URL(words).protocol)) return words
  throw new ForeshockError(
    'CONFIG_INVALID',
    'DATABASE_URL is not the address of a PostgreSQL server.',
    'Write it as postgresql://user:password@host:5432/database, or leave it out for the embedded database.',
  )
}

/** The environment as the program sees it: `.env` is not read, secrets come from the real environment only. */
export function readEnv(): Env {
  return process.env as Env
}
