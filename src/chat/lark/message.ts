import { z } from 'zod'
import { clean } from '../../text.ts'

/** What people write to the bot, as one line. */

export const mentionSchema = z.object({
  key: z.string().max(40),
  id: z.object({ open_id: z.string().optional() }),
  name: z.string().max(200).optional(),
})
type Mention = z.infer<typeof mentionSchema>

interface Message {
  readonly message_type: string
  readonly content: string
  readonly mentions?: readonly Mention[] | undefined
}

const textSchema = z.object({ text: z.string() })
const postSchema = z.object({
  title: z.string().optional(),
  content: z.array(z.array(z.looseObject({ tag: z.string(), text: z.string().optional() }))),
})

const MOST = 4_000

/**
 * The words of a message without the mention of the bot; people are mentioned as `@ou_…`. Null: nothing of ours.
 *
 * @param bot its open_id where it must have been mentioned; null: any message counts, as in a chat with it alone
 */
export function lineOf(
  { message_type: type, content, mentions = [] }: Message,
  bot: string | null,
): string | null {
  const isBot = ({ id }: Mention) => bot !== null && id.open_id === bot
  if (bot !== null && !mentions.some(isBot)) return null
  const words = type === 'text' ? textOf(content) : type === 'post' ? postOf(content) : null
  if (words === null) return null
  const named = mentions.reduce(
    (line, mention) => line.replaceAll(keyOf(mention), isBot(mention) ? ' ' : ` ${calledIn(mention)} `),
    words,
  )
  return clean(named).replace(/@_all/g, ' ').replace(/\s+/g, ' ').trim().slice(0, MOST)
}

function calledIn({ id, name = '' }: Mention): string {
  return id.open_id === undefined ? name : `@${id.open_id}`
}

/** Names of people by their open_id. */
export function namesOf(mentions: readonly Mention[] = []): Record<string, string> {
  return Object.fromEntries(
    mentions.flatMap(({ id, name }) =>
      id.open_id === undefined || name === undefined ? [] : [[id.open_id, clean(name)]],
    ),
  )
}

/** `@_user_1` must not eat the beginning of `@_user_12`. */
function keyOf({ key }: Mention): RegExp {
  return new RegExp(`${key.replace(/[^\w@]/g, '')}(?!\\d)`, 'g')
}

function textOf(content: string): string | null {
  return parsed(textSchema, content)?.text ?? null
}

function postOf(content: string): string | null {
  const post = parsed(postSchema, content)
  if (post === null) return null
  const lines = post.content.map((line) =>
    line.map((part) => (part.tag === 'at' ? ` ${String(part.user_id ?? '')} ` : (part.text ?? ''))).join(''),
  )
  return [post.title ?? '', ...lines].join(' ')
}

function parsed<T>(schema: z.ZodType<T>, content: string): T | null {
  try {
    return schema.parse(JSON.parse(content))
  } catch {
    return null
  }
}
