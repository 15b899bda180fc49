import type { Mishap } from '../fakes/slack/knobs.ts'
import { pressBody } from '../fakes/slack/people.ts'
import { openSlackFake } from '../fakes/slack/server.ts'
import { openLedger } from './ledger.ts'
import type { OpenStage } from './stage.ts'
import { type Ill, openWeather } from './weather.ts'

/** A message a second in a channel and fifty edits a minute would make a storm last for hours. */
const FASTER = 20

/** Slack: it cannot tell repeats apart but can be searched; events come by Socket Mode, to one program each. */
export const slackStage: OpenStage = async (channels, mischief) => {
  const fake = await openSlackFake(() => Date.now())
  const { space, knobs, link } = fake
  const ledger = openLedger(/\\"v\\":(\d+)/)
  const weather = openWeather(mischief)
  for (let no = 1; no <= channels; no += 1) space.addChannel(`C${no}`)
  space.onShown = (channel, { ts, thread, text, blocks }) =>
    ledger.write({ message: ts, channel, head: thread }, JSON.stringify([text, blocks]))
  space.onGone = (_, { ts }) => ledger.forget(ts)
  knobs.weather = () => mishapOf(weather.next())
  link.spread(true)
  const team = space.team
  return {
    chat: 'slack',
    workspace: team,
    settings: {
      env: { SLACK_BOT_TOKEN: fake.token, SLACK_APP_TOKEN: fake.appToken, SLACK_API_URL: fake.apiUrl },
      faster: FASTER,
    },
    channel: (no) => `C${no}`,
    user: (person) => `U-${person}`,
    seen: () => [...ledger.seen.values()],
    stale: ledger.stale,
    answerTo: (press) => {
      const found = space.responses.find(({ at }) => at === `/actions/${press}`)
      return found === undefined ? null : JSON.stringify(found)
    },
    mishaps: () => weather.mishaps,
    press: async ({ id, user, channel, message, command, version }) => {
      const value = JSON.stringify({ a: '', ...(version === null ? {} : { v: version }) })
      const body = pressBody(
        fake,
        { action_id: `${command}:0`, action_ts: id, value },
        {
          message,
          container: { channel_id: channel },
          channel: { id: channel },
          user: { id: user, team_id: team },
          response_url: fake.responseUrl(id),
        },
      )
      await link.send('interactive', body)
    },
    close: fake.close,
  }
}

function mishapOf(ill: Ill | null): Mishap | null {
  switch (ill?.kind) {
    case 'errors':
      return { kind: 'status', status: 500, ...(ill.done ? { done: true as const } : {}) }
    case 'resets':
      return { kind: ill.done ? 'drop-after' : 'reset' }
    case 'limited':
      return { kind: 'limit', seconds: 1 }
    case 'slow':
      return { kind: 'slow', ms: ill.ms }
    default:
      return null
  }
}
