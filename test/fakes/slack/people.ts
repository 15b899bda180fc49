import type { SlackFake } from './server.ts'

/** Bodies as Slack sends them when people do something. */

let count = 0
const next = (): number => {
  count += 1
  return count
}

const trigger = (): string => `${next()}.1700000000.abcdef`

export const commandBody = (fake: SlackFake, text: string, more: object = {}) => ({
  token: 'deprecated',
  team_id: fake.space.team,
  team_domain: 'fake',
  channel_id: 'C0ALERTS',
  channel_name: 'alerts',
  user_id: 'U0LIN',
  user_name: 'lin',
  command: '/churn',
  text,
  api_app_id: 'A0FAKE',
  response_url: fake.responseUrl('command'),
  trigger_id: trigger(),
  ...more,
})

export const pressBody = (
  fake: SlackFake,
  action: object,
  more: { message?: string; container?: object; [name: string]: unknown } = {},
) => {
  const { message = '1780000001.000100', container = {}, ...rest } = more
  return {
    type: 'block_actions',
    user: { id: 'U0LIN', username: 'lin', name: 'lin', team_id: fake.space.team },
    api_app_id: 'A0FAKE',
    token: 'deprecated',
    container: {
      type: 'message',
      message_ts: message,
      channel_id: 'C0ALERTS',
      is_ephemeral: false,
      ...container,
    },
    trigger_id: trigger(),
    team: { id: fake.space.team, domain: 'fake' },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: 'C0ALERTS', name: 'alerts' },
    message: { type: 'message', ts: message },
    response_url: fake.responseUrl('press'),
    actions: [{ type: 'button', block_id: 'b', action_ts: `${next()}.5`, ...action }],
    ...rest,
  }
}

export const claimAction = { action_id: 'claim:0', value: '{"a":"A-1042","v":3}' }

export const eventBody = (fake: SlackFake, event: object, more: object = {}) => ({
  token: 'deprecated',
  team_id: fake.space.team,
  api_app_id: 'A0FAKE',
  type: 'event_callback',
  event_id: `Ev${next()}`,
  event_time: 1_780_000_000,
  authorizations: [
    { enterprise_id: null, team_id: fake.space.team, user_id: fake.space.bot.user, is_bot: true },
  ],
  event,
  ...more,
})

export const submitBody = (
  fake: SlackFake,
  view: { readonly id: string; readonly view: Record<string, unknown> },
  values: Readonly<Record<string, string | { readonly chosen: string }>>,
) => ({
  type: 'view_submission',
  team: { id: fake.space.team, domain: 'fake' },
  user: { id: 'U0LIN', username: 'lin', team_id: fake.space.team },
  api_app_id: 'A0FAKE',
  token: 'deprecated',
  trigger_id: trigger(),
  view: {
    id: view.id,
    team_id: fake.space.team,
    type: 'modal',
    callback_id: view.view['callback_id'],
    private_metadata: view.view['private_metadata'],
    hash: '1.abc',
    state: {
      values: Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          {
            value:
              typeof value === 'string'
                ? { type: 'plain_text_input', value }
                : { type: 'static_select', selected_option: { text: {}, value: value.chosen } },
          },
        ]),
      ),
    },
  },
})

export const shortcutBody = (fake: SlackFake, text: string) => ({
  type: 'message_action',
  token: 'deprecated',
  action_ts: '1.2',
  team: { id: fake.space.team, domain: 'fake' },
  user: { id: 'U0LIN', username: 'lin', team_id: fake.space.team },
  channel: { id: 'C0TALK', name: 'talk' },
  callback_id: 'add-to-case',
  trigger_id: trigger(),
  message_ts: '1780000009.000100',
  message: { type: 'message', user: 'U0ANN', ts: '1780000009.000100', text },
  response_url: fake.responseUrl('shortcut'),
})
