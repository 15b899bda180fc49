import { z } from 'zod'
import { strict } from '../sources/row-mapping.ts'
import { variable } from '../sources/variable.ts'

/** What may stand in the configuration file of what leaves the program besides chats: care for customers, e-mail to staff. */

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/

/** Names and numbers of customers travel beyond this machine encrypted only. */
function isFitForCare(words: string): boolean {
  if (!URL.canParse(words)) return false
  const { protocol, hostname, username, password } = new URL(words)
  if (username !== '' || password !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname))
}

export const careSchema = strict({
  webhook: strict({
    url: z
      .string()
      .refine(isFitForCare, 'is no address that care may go to; use https:// and no password in it')
      .describe('Each piece of care is posted here, signed'),
    secret: variable.describe('Environment variable that holds the secret it is signed with'),
  }).optional(),
  folder: z
    .string()
    .min(1)
    .optional()
    .describe('Care is put here as CSV files for a mailing tool to pick up'),
}).refine(
  ({ webhook, folder }) => (webhook === undefined) !== (folder === undefined),
  'give one of the two: webhook or folder',
)

export const mailSchema = strict({
  host: z.string().min(1).describe('The SMTP server'),
  port: z.number().int().min(1).max(65_535).default(587),
  from: z.email('is not an e-mail address').describe('Whom the e-mail comes from'),
  user: variable.optional().describe('Environment variable that holds the account’s name'),
  password: variable.optional().describe('Environment variable that holds its password'),
  tls: z
    .enum(['starttls', 'always', 'never'])
    .default('starttls')
    .describe('starttls: begins in the clear and must change over; always: from the start, as on port 465'),
  after: z
    .number()
    .min(1)
    .max(24 * 60)
    .default(15)
    .describe('Minutes a chat may fail before what it should have told is sent by e-mail'),
  console: z
    .url('is not an address')
    .optional()
    .describe('The console as staff reach it; default where it listens'),
})
  .refine(
    ({ user, password }) => (user === undefined) === (password === undefined),
    'user and password go together',
  )
  .refine(
    ({ user, tls, host }) => user === undefined || tls !== 'never' || LOOPBACK.test(host),
    'tls: never would send the password in the clear; leave it out, or user and password',
  )

type Outgoing = {
  readonly care?: z.infer<typeof careSchema> | undefined
  readonly mail?: z.infer<typeof mailSchema> | undefined
}

export type MailConfig = z.infer<typeof mailSchema>

/** The environment variables that these name. */
export function variablesOfOutgoing({ care, mail }: Outgoing): string[] {
  return [care?.webhook?.secret, mail?.user, mail?.password].filter((name) => name !== undefined)
}
