import type { LarkAccess, SlackAccess } from '../chat/access.ts'
import type { Config } from '../config.ts'
import { ForeshockError } from '../errors.ts'
import { text } from '../text.ts'
import type { OpenPlatform } from './platforms.ts'

/** The chat platforms that the environment names. Each is loaded only where it is used: their libraries are large. */
export async function openersFor({ access }: Pick<Config, 'access'>): Promise<OpenPlatform[]> {
  return [
    ...(access.slack === null ? [] : [await slackOpener(access.slack)]),
    ...(access.lark === null ? [] : [await larkOpener(access.lark)]),
  ]
}

async function slackOpener({ botToken: token, ...rest }: SlackAccess): Promise<OpenPlatform> {
  const { openSlack } = await import('../chat/slack/slack.ts')
  return ({ localeOf, ...parts }) => {
    const slack = openSlack({
      ...{ token, ...rest, ...parts },
      // Places that are no channel, such as the Home tab, read the company's language.
      localeOf: (channel) => localeOf(channel ?? ''),
    })
    return {
      ...slack,
      channels: async () => (await slack.channels()).map(({ id }) => id),
      health: () => {
        const { connected, since, problem } = slack.health()
        return { connected, since, trouble: problem }
      },
    }
  }
}

async function larkOpener(access: LarkAccess): Promise<OpenPlatform> {
  const { openLark } = await import('../chat/lark/lark.ts')
  return (parts) => openLark({ ...accountOf(access), webhook: webhookKeys(access), ...parts })
}

/** What a Lark app is opened with; Feishu where no domain is named. */
export function accountOf({ appId, appSecret, domain }: LarkAccess) {
  return { appId, appSecret, domain: domain ?? 'feishu' }
}

/** Both keys: events come over HTTP. None: over the long connection. Throws CONFIG_INVALID for one alone. */
export function webhookKeys({ encryptKey, verificationToken }: LarkAccess) {
  if (encryptKey !== null && verificationToken !== null) return { encryptKey, verificationToken }
  if (encryptKey === null && verificationToken === null) return null
  const missing = encryptKey === null ? 'LARK_ENCRYPT_KEY' : 'LARK_VERIFICATION_TOKEN'
  throw new ForeshockError(
    'CONFIG_INVALID',
    text(`没有设置 ${missing}。`, `${missing} is not set.`),
    text(
      '事件走 HTTP 时两个都要设置（开发者后台“事件与回调”的加密策略）；走长连接时两个都不设置。',
      'Events over HTTP need both (Events & Callbacks, Encryption Strategy); over the long connection set neither.',
    ),
  )
}
