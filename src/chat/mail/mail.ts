import type { Card, CardTexts } from '../card.ts'
import type { Chat, MessageRef } from '../chat.ts'
import { ChatFault } from '../fault.ts'
import { mailFault } from './faults.ts'

/** The SMTP server, and the account that sends. */
export interface MailServer {
  readonly host: string
  readonly port: number
  readonly from: string
  readonly tls: 'starttls' | 'always' | 'never'
  /** Null: the server asks for none; 'missing': what the configuration names is not in the environment. */
  readonly account: { readonly user: string; readonly pass: string } | 'missing' | null
}

/** Who is written to, and in which language. */
export interface Reader {
  readonly address: string
  readonly locale: 'zh' | 'en'
}

export interface Mail {
  readonly chat: Chat
  /** Whether the server lets us in; throws ChatFault. */
  check(): Promise<void>
}

/** Less than delivery waits, so that what failed is told by what the server said. */
const SILENCE_MS = 7_000

/**
 * E-mail as a chat that is only written to: a channel is a person, a message is a plain e-mail. Its Message-ID is the key, so
 * that a mailbox shows one that was sent twice once.
 */
export function openMail(
  server: MailServer,
  readerOf: (person: string) => Reader | null,
  textOf: (card: Card) => string,
): Mail {
  const { host, port, from, tls, account } = server
  const open = async (written: () => void = () => {}) => {
    if (account === 'missing')
      throw new ChatFault('token-refused', 'the environment variables named by user and password are not set')
    // Whoever writes no e-mail need not load it.
    const { createTransport } = await import('nodemailer')
    return createTransport({
      ...{ host, port, secure: tls === 'always', requireTLS: tls === 'starttls', ignoreTLS: tls === 'never' },
      ...(account === null ? {} : { auth: account }),
      ...{ connectionTimeout: SILENCE_MS, greetingTimeout: SILENCE_MS, socketTimeout: SILENCE_MS },
      // It carries our own words only: nothing in them may make it read a file or fetch an address.
      ...{ disableFileAccess: true, disableUrlAccess: true },
      // Nothing is logged; it tells of a message that has gone out nowhere else.
      logger: { info: ({ tnx }: { tnx?: string }) => tnx === 'message' && written(), error: () => {} },
    })
  }
  const post = async (person: string, card: CardTexts, key: string): Promise<string> => {
    const reader = readerOf(person)
    if (reader === null)
      throw new ChatFault('channel-closed', `${person} has no e-mail address in the configuration`)
    const shown = card[reader.locale]
    let isWritten = false
    const transport = await open(() => {
      isWritten = true
    })
    try {
      const sent = await transport.sendMail({
        ...{ from, to: reader.address, subject: shown.title, text: textOf(shown) },
        messageId: `<${key}@foreshock.${domainOf(from)}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      })
      return sent.messageId
    } catch (error) {
      throw mailFault(error, isWritten)
    } finally {
      transport.close()
    }
  }
  return {
    chat: {
      name: 'mail',
      post: async ({ chat, channel }, card, key): Promise<MessageRef> => ({
        ...{ chat, channel, message: await post(channel, card, key) },
      }),
      // Nobody can look into a mailbox: what is sent again may be there twice.
      find: async () => 'unseen',
      // What was sent stays as it was sent.
      update: async () => {},
      reply: async () => {
        throw new ChatFault('refused', 'an e-mail has no thread')
      },
    },
    check: async () => {
      const transport = await open()
      try {
        await transport.verify()
      } catch (error) {
        throw mailFault(error)
      } finally {
        transport.close()
      }
    },
  }
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}
