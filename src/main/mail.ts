import { type Mail, type MailServer, openMail } from '../chat/mail/mail.ts'
import type { MailConfig } from '../config/outgoing.ts'
import type { Context } from '../context.ts'
import { cardText } from './tables.ts'

/** E-mail to staff; null: the configuration has no `mail`. */
export function openStaffMail({ config, people }: Pick<Context, 'config' | 'people'>): Mail | null {
  const { mail } = config
  if (mail === undefined) return null
  const { host, port, from, tls } = mail
  const readerOf = (person: string) => {
    const address = config.people.find(({ id }) => id === person)?.email
    return address === undefined
      ? null
      : { address, locale: people.get(person)?.locale ?? config.company.locale }
  }
  return openMail({ host, port, from, tls, account: accountOf(mail, config.variables) }, readerOf, cardText)
}

function accountOf(
  { user, password }: MailConfig,
  variables: Readonly<Record<string, string>>,
): MailServer['account'] {
  if (user === undefined || password === undefined) return null
  const [name, pass] = [variables[user], variables[password]]
  return name === undefined || pass === undefined ? 'missing' : { user: name, pass }
}
