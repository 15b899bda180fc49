import { ForeshockError } from '../errors.ts'

/** What it takes to be let in to Slack. Secrets: nothing of this is ever logged. */
export interface SlackAccess {
  readonly botToken: string
  /** Opens the socket; null: Slack calls us over HTTP, and the signing secret proves it. */
  readonly appToken: string | null
  readonly signingSecret: string | null
  /** Other root of the Web API, for tests. */
  readonly apiUrl: string | null
}

/** What it takes to be let in to Lark or Feishu. */
export interface LarkAccess {
  readonly appId: string
  readonly appSecret: string
  /** With it, events come over HTTP; null: over the long connection. */
  readonly encryptKey: string | null
  readonly verificationToken: string | null
  /** "feishu", "lark", or the address of a server; null: Feishu. */
  readonly domain: string | null
}

type Env = Readonly<Record<string, string | undefined>>

/** Null: not asked for. Throws CONFIG_INVALID when only a part of what it needs is there. */
export function slackAccess(env: Env): SlackAccess | null {
  const botToken = env['SLACK_BOT_TOKEN'] || null
  const appToken = env['SLACK_APP_TOKEN'] || null
  const signingSecret = env['SLACK_SIGNING_SECRET'] || null
  if (botToken === null && appToken === null && signingSecret === null) return null
  if (botToken === null) throw missing('SLACK_BOT_TOKEN', 'xoxb-...', 'OAuth & Permissions')
  if (appToken === null && signingSecret === null)
    throw missing('SLACK_APP_TOKEN', 'xapp-...', 'Basic Information, App-Level Tokens')
  return { botToken, appToken, signingSecret, apiUrl: env['SLACK_API_URL'] || null }
}

/** Null: not asked for. Throws CONFIG_INVALID when only a part of what it needs is there. */
export function larkAccess(env: Env): LarkAccess | null {
  const appId = env['LARK_APP_ID'] || null
  const appSecret = env['LARK_APP_SECRET'] || null
  if (appId === null && appSecret === null) return null
  if (appId === null) throw missing('LARK_APP_ID', 'cli_...', 'Credentials & Basic Info')
  if (appSecret === null) throw missing('LARK_APP_SECRET', '...', 'Credentials & Basic Info')
  return {
    appId,
    appSecret,
    encryptKey: env['LARK_ENCRYPT_KEY'] || null,
    verificationToken: env['LARK_VERIFICATION_TOKEN'] || null,
    domain: env['LARK_DOMAIN'] || null,
  }
}

function missing(name: string, form: string, page: string): ForeshockError {
  return new ForeshockError(
    'CONFIG_INVALID',
    `${name} is not set.`,
    `Set it in the environment to the app's own (${form}); it stands on the app's page under ${page}.`,
  )
}
