import type { Locale } from '../../text.ts'
import { SHORTCUT_TITLE } from './encode-form.ts'
import { SLACK_PATH } from './routes.ts'
import { ADD_TO_CASE } from './submitted.ts'

/** What the bot may do, each with the reason: nothing that is not used. */
export const BOT_SCOPES: Readonly<Record<string, string>> = {
  'app_mentions:read': 'is told when someone mentions it',
  'channels:history': 'looks whether a message went out when the answer was lost',
  'channels:read': 'knows which public channels it was invited to',
  'chat:write': 'posts and updates cards',
  commands: 'offers /churn and the message shortcut',
  'files:write': 'shares pictures of charts and tables',
  'groups:history': 'the same as channels:history, in private channels',
  'groups:read': 'the same as channels:read, in private channels',
  'im:history': 'reads what people write to it directly',
  'im:write': 'opens direct messages',
  'users:read': 'knows guests and people who have left',
  'users:read.email': 'finds a person of the configuration by e-mail address',
}

/** The app-level token's only scope. */
export const APP_SCOPE = 'connections:write'

const EVENTS = [
  'app_home_opened',
  'app_mention',
  'channel_left',
  'group_left',
  'member_joined_channel',
  'message.im',
]

const WORDS = {
  zh: {
    about: '前震：客户流失前的小震动。预警卡片、认领、跟进，都在聊天里。',
    command: '看风险客户，处理预警',
    hint: 'top 20 | mine | show C-123 | help',
    shortcut: '把这条消息记为客户说的话，马上评估',
  },
  en: {
    about:
      'Feels the small shocks before a customer leaves: alert cards to claim, work and follow up in chat.',
    command: 'Customers at risk, and what to do about them',
    hint: 'top 20 | mine | show C-123 | help',
    shortcut: 'Pass this message on as something a customer said; it is judged at once',
  },
} as const

/**
 * The app as Slack wants it described, for "Create an app from a manifest".
 *
 * @param address where Slack reaches us over HTTPS, e.g. "https://foreshock.example.com"; null: Socket Mode
 */
export function slackManifest(locale: Locale, address: string | null): Record<string, unknown> {
  const words = WORDS[locale]
  const url = address === null ? null : `${address.replace(/\/+$/, '')}${SLACK_PATH}`
  const requests = url === null ? {} : { request_url: url }
  return {
    display_information: { name: 'Foreshock', description: words.about, background_color: '#7a271a' },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'foreshock', always_online: true },
      slash_commands: [
        {
          command: '/churn',
          ...(url === null ? {} : { url }),
          description: words.command,
          usage_hint: words.hint,
          should_escape: true,
        },
      ],
      shortcuts: [
        {
          name: SHORTCUT_TITLE[locale],
          type: 'message',
          callback_id: ADD_TO_CASE,
          description: words.shortcut,
        },
      ],
    },
    oauth_config: { scopes: { bot: Object.keys(BOT_SCOPES) } },
    settings: {
      event_subscriptions: { ...requests, bot_events: EVENTS },
      interactivity: { is_enabled: true, ...requests },
      org_deploy_enabled: false,
      socket_mode_enabled: url === null,
      token_rotation_enabled: false,
    },
  }
}
