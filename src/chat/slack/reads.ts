import { z } from 'zod'

/** The shapes in which Slack tells what people did, as far as we look at them. Everything else in them is dropped. */

const id = z.string().min(1).max(100)
const ts = z.string().regex(/^\d{1,12}\.\d{1,6}$/)
const words = z.string().max(40_000)
const team = z.object({ id }).nullish()
const person = z.object({ id, team_id: id.nullish() })

export const commandSchema = z.object({
  command: z.string().max(100),
  text: words.default(''),
  team_id: id,
  channel_id: id,
  channel_name: z.string().default(''),
  user_id: id,
  trigger_id: z.string().max(300),
  response_url: z.string().max(500).nullish(),
})

export const eventSchema = z.object({
  type: z.literal('event_callback'),
  team_id: id.nullish(),
  event_id: id,
  authorizations: z.array(z.object({ team_id: id.nullish() })).nullish(),
  event: z.object({ type: z.string().max(100) }).loose(),
})

export const spokenSchema = z.object({
  user: id,
  team: id.nullish(),
  user_team: id.nullish(),
  text: words.default(''),
  ts,
  thread_ts: ts.nullish(),
  channel: id,
  channel_type: z.string().nullish(),
  subtype: z.string().nullish(),
  bot_id: z.string().nullish(),
})

export const homeSchema = z.object({ user: id, tab: z.string().nullish() })

export const memberSchema = z.object({
  user: id.nullish(),
  inviter: id.nullish(),
  actor_id: id.nullish(),
  channel: id,
})

const option = z.object({ value: z.string().max(2_000) })

export const actionsSchema = z.object({
  type: z.literal('block_actions'),
  team,
  user: person,
  trigger_id: z.string().max(300),
  response_url: z.string().max(500).nullish(),
  channel: z.object({ id }).nullish(),
  container: z
    .object({
      message_ts: ts.nullish(),
      thread_ts: ts.nullish(),
      is_ephemeral: z.boolean().nullish(),
    })
    .default({}),
  actions: z
    .array(
      z.object({
        action_id: z.string().max(255),
        action_ts: z.string().max(40).default(''),
        value: z.string().max(2_000).nullish(),
        selected_option: option.nullish(),
      }),
    )
    .min(1),
})

const given = z.object({
  value: z.string().max(10_000).nullish(),
  selected_option: option.nullish(),
})

export const submissionSchema = z.object({
  type: z.literal('view_submission'),
  team,
  user: person,
  view: z.object({
    id,
    callback_id: z.string().max(255),
    private_metadata: z.string().max(3_000),
    state: z.object({ values: z.record(z.string().max(255), z.record(z.string(), given)) }),
  }),
})

export const shortcutSchema = z.object({
  type: z.literal('message_action'),
  callback_id: z.string().max(255),
  team,
  user: person,
  trigger_id: z.string().max(300),
  response_url: z.string().max(500).nullish(),
  channel: z.object({ id }),
  message: z.object({ ts, text: words.default(''), thread_ts: ts.nullish() }),
})
