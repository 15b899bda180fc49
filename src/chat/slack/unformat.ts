import { clean } from '../../text.ts'

/** Of a typed line, this much is read. UTF-16 units. */
const LONGEST = 4_000

/**
 * What a person typed, without Slack's dressing: "<@U0BOT> show <mailto:a@b.cn|a@b.cn>" is "show a@b.cn". People are
 * kept as "@U123", the bot's own name goes.
 */
export function unformat(text: string, bot: string): string {
  // Each pattern stops at the next "<": no text makes them slow.
  const bare = text
    .slice(0, LONGEST)
    .replace(/<@([A-Z0-9]+)(?:\|[^<>]*)?>/g, (_whole, user: string) => (user === bot ? ' ' : `@${user}`))
    .replace(/<#[A-Z0-9]+\|([^<>]*)>/g, '#$1')
    .replace(/<!([a-z]+)[^<>]*>/g, '@$1')
    .replace(
      /<(?:mailto:|tel:)?([^|<>]*)(?:\|([^<>]*))?>/g,
      (_whole, address: string, label?: string) => label ?? address,
    )
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
  return clean(bare).trim()
}
