import { z } from 'zod'
import type { Log } from '../../log.ts'
import { type Text, text } from '../../text.ts'
import { ChatFault } from '../fault.ts'
import { APP_SCOPE, BOT_SCOPES } from './manifest.ts'
import { sdkLogger } from './sdk-log.ts'
import { openWeb, type SlackWeb } from './web.ts'

/** One thing that was looked at, and what to do where it is not well. */
export interface SlackFinding {
  readonly about: string
  readonly ok: boolean
  readonly says: Text
}

const whoami = z.object({
  team: z.string(),
  user: z.string(),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).default({}),
})
const info = z.object({
  channel: z.object({ is_member: z.boolean().nullish(), is_archived: z.boolean().nullish() }),
})

/** Asks Slack itself whether everything is there: tokens, scopes, and the bot in its channels. Never throws. */
export async function examineSlack(setup: {
  readonly token: string
  readonly appToken: string | null
  readonly signingSecret: string | null
  readonly apiUrl: string | null
  /** Ids of the channels that cards are to go to. */
  readonly channels: readonly string[]
  readonly log: Log
}): Promise<SlackFinding[]> {
  const { token, appToken, signingSecret, apiUrl, channels } = setup
  const logger = sdkLogger(setup.log)
  const web = openWeb(token, apiUrl, logger)
  const bot = await botToken(web)
  // A token that is refused says the same of everything else.
  if (!bot[0]!.ok) return [...bot, ...way(appToken, signingSecret)]
  const found = [...bot, ...way(appToken, signingSecret)]
  if (appToken !== null) found.push(await appLevel(openWeb(appToken, apiUrl, logger)))
  for (const channel of channels) found.push(await membership(web, channel))
  return found
}

async function botToken(web: SlackWeb): Promise<SlackFinding[]> {
  const about = 'Slack SLACK_BOT_TOKEN'
  try {
    const { team, user, response_metadata } = await web.call('auth.test', {}, whoami)
    const says = text(`已作为 ${user} 连到 ${team}`, `is ${user} in ${team}`)
    return [{ about, ok: true, says }, ...scopes(response_metadata.scopes ?? null)]
  } catch (error) {
    return [{ about, ok: false, says: mend(error, BOT_MEND) }]
  }
}

function scopes(given: readonly string[] | null): SlackFinding[] {
  if (given === null) return []
  const about = 'Slack scopes'
  const missing = Object.keys(BOT_SCOPES).filter((scope) => !given.includes(scope))
  if (missing.length === 0) return [{ about, ok: true, says: text('齐全', 'all there') }]
  const listed = missing.map((scope) => `${scope} (${BOT_SCOPES[scope]})`).join('; ')
  const says = text(
    `缺少 ${missing.join('、')}。请在 api.slack.com/apps 的“OAuth & Permissions”里补上，再重新安装应用`,
    `missing: ${listed}. Add them at api.slack.com/apps under "OAuth & Permissions", then install the app again`,
  )
  return [{ about, ok: false, says }]
}

/** Cards go out with the bot token alone; clicks need a way in. */
function way(appToken: string | null, signingSecret: string | null): SlackFinding[] {
  if (appToken !== null || signingSecret !== null) return []
  const says = text(
    '没有 SLACK_APP_TOKEN，也没有 SLACK_SIGNING_SECRET，按钮和命令不会有反应。请在“Basic Information”里生成 app-level token',
    'neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set, so buttons and commands do nothing. Generate an app-level token under "Basic Information"',
  )
  return [{ about: 'Slack events', ok: false, says }]
}

async function appLevel(web: SlackWeb): Promise<SlackFinding> {
  const about = 'Slack SLACK_APP_TOKEN'
  try {
    await web.call('apps.connections.open', {}, z.object({ url: z.string() }))
    return { about, ok: true, says: text('可以建立 Socket Mode 连接', 'Socket Mode can connect') }
  } catch (error) {
    return { about, ok: false, says: mend(error, APP_MEND) }
  }
}

async function membership(web: SlackWeb, channel: string): Promise<SlackFinding> {
  const about = `Slack channel ${channel}`
  try {
    const { is_member, is_archived } = (await web.call('conversations.info', { channel }, info)).channel
    if (is_archived === true) {
      const says = text(
        '频道已归档。请恢复它，或在配置里换一个频道',
        'is archived. Unarchive it, or name another one in the configuration',
      )
      return { about, ok: false, says }
    }
    if (is_member !== true) return { about, ok: false, says: INVITE }
    return { about, ok: true, says: text('机器人在频道里', 'the bot is in it') }
  } catch (error) {
    const unknown = error instanceof ChatFault && error.code === 'channel-closed'
    return { about, ok: false, says: unknown ? UNKNOWN : mend(error, BOT_MEND) }
  }
}

const INVITE = text(
  '机器人不在频道里。请在频道中输入 /invite @foreshock',
  'the bot is not in it. Type /invite @foreshock in the channel',
)
const UNKNOWN = text(
  '找不到这个频道：编号写错了，或是机器人未受邀的私有频道。编号在频道详情的最下面，以 C 开头',
  'is not there: a wrong id, or a private channel the bot was not invited to. The id starts with C and stands at the bottom of the channel’s details',
)
const BOT_MEND = text(
  '请在“OAuth & Permissions”里重新安装应用，并复制以 xoxb- 开头的 token',
  'Install the app again under "OAuth & Permissions" and copy the token that starts with xoxb-',
)
const APP_MEND = text(
  `请在“Basic Information”里生成带 ${APP_SCOPE} 的 app-level token（以 xapp- 开头），并打开 Socket Mode`,
  `Generate an app-level token with ${APP_SCOPE} (it starts with xapp-) under "Basic Information", and turn Socket Mode on`,
)
const LATER = text(
  '请检查网络与 SLACK_API_URL，稍后再试',
  'Check the network and SLACK_API_URL, and try again later',
)

function mend(error: unknown, how: Text): Text {
  const fault = error instanceof ChatFault ? error : new ChatFault('refused', 'failed')
  const todo = fault.code === 'token-refused' || fault.code === 'refused' ? how : LATER
  return text(`${fault.message}。${todo.zh}`, `${fault.message}. ${todo.en}`)
}
