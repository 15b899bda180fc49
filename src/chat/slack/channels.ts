import { z } from 'zod'
import type { SlackWeb } from './web.ts'

export interface SlackChannel {
  readonly id: string
  readonly name: string
}

const listed = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string().default('') })),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
})

const PAGE = 200
/** A bot in more channels than this is routed by the configuration, not by invitations. */
const MOST_PAGES = 5

/** The public and private channels the bot is in, archived ones left out. Throws ChatFault. */
export async function joinedChannels(web: SlackWeb): Promise<SlackChannel[]> {
  const asked = { types: 'public_channel,private_channel', exclude_archived: true, limit: PAGE }
  const found: SlackChannel[] = []
  let cursor = ''
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const args = cursor === '' ? asked : { ...asked, cursor }
    const { channels, response_metadata } = await web.call('users.conversations', args, listed)
    found.push(...channels)
    cursor = response_metadata?.next_cursor ?? ''
    if (cursor === '') break
  }
  return found
}
