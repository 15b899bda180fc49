import type { Alert, Verb } from '../src/alerts/alert.ts'
import type { Button, Form } from '../src/chat/card.ts'
import type { Locale, Text } from '../src/text.ts'
import { text } from '../src/text.ts'
import { dismissForm, resolveForm, retainedForm, snoozeForm } from './form.ts'
import type { Offer } from './grant.ts'
import { alertNo } from './words.ts'

/** Verbs that have a button; the others belong to the clock and the scorer. */
const LABEL: Readonly<Partial<Record<Verb, Text>>> = {
  claim: text('认领', 'Claim'),
  contacted: text('已联系', 'Contacted'),
  retained: text('已留住', 'Mark retained'),
  resolve: text('结案', 'Close case'),
  snooze: text('暂缓', 'Snooze'),
  dismiss: text('无风险', 'Not a risk'),
  reassign: text('转交', 'Reassign'),
}

const DETAILS = text('详情', 'Details')

/** Buttons for what may be done now; the first step of the work stands out, and details are always there. */
export function buttonsFor(
  alert: Alert,
  verbs: readonly Verb[],
  granting: Granting,
  locale: Locale,
): Button[] {
  const args = alertNo(alert.no)
  const main = (['claim', 'contacted', 'retained'] as const).find((verb) => verbs.includes(verb))
  const buttons = verbs.flatMap((verb): Button[] => {
    const label = LABEL[verb]
    if (label === undefined) return []
    const form = formFor(verb, granting, locale)
    const style = verb === main ? 'primary' : verb === 'dismiss' ? 'danger' : 'plain'
    return [{ command: verb, label: label[locale], style, args, ...(form === null ? {} : { form }) }]
  })
  return [...buttons, { command: 'why', label: DETAILS[locale], style: 'plain', args }]
}

/** In what currency a gift's cost is written, and what may be given. */
interface Granting {
  readonly currency: string
  readonly offers: readonly Offer[]
}

function formFor(verb: Verb, { currency, offers }: Granting, locale: Locale): Form | null {
  switch (verb) {
    case 'resolve':
      return resolveForm(locale, currency, offers)
    case 'retained':
      return retainedForm(locale, currency, offers)
    case 'snooze':
      return snoozeForm(locale)
    case 'dismiss':
      return dismissForm(locale)
    default:
      return null
  }
}
