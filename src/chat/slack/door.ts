import { z } from 'zod'
import type { Log } from '../../log.ts'
import { type Locale, type Text, text } from '../../text.ts'
import { ChatFault } from '../fault.ts'
import type { CaseChoice, ChatUser, Counter, FormAsked, Inbound } from '../inbound.ts'
import { encodeAddToCase, encodeForm, type Modal } from './encode-form.ts'
import { normalize, type Read, type Self } from './normalize.ts'
import type { SlackWeb } from './web.ts'

/** Answers the request itself. Once it is done Slack takes the event as received. */
export type Ack = (payload?: Readonly<Record<string, unknown>>) => Promise<void>

export interface Door {
  /** Throws when the event was not kept and is to be sent again. */
  receive(body: unknown, ack: Ack): Promise<void>
}

export interface DoorParts {
  readonly web: SlackWeb
  readonly counter: Counter
  readonly log: Log
  /** Who we are; null: Slack has not told us yet. */
  self(): Self | null
  localeOf(channel: string | null): Locale
  /** Says one line to one person where they did something. */
  whisper(event: Inbound, words: string): Promise<void>
  /** How long keeping may take; default PATIENCE_MS. Milliseconds. */
  readonly patienceMs?: number
}

/** Slack gives a click three seconds; this is how long keeping it may take. Milliseconds. */
const PATIENCE_MS = 2_300

/** And this is how long a list to choose from may take. Milliseconds. */
const CHOICES_MS = 1_000

/** What comes in: a form is opened at once, everything else is kept first and acknowledged then. */
export function openDoor(parts: DoorParts): Door {
  const { web, counter, log } = parts

  async function event(found: Extract<Read, { kind: 'event' }>, ack: Ack, isForm: boolean): Promise<void> {
    let asked: FormAsked | null
    try {
      asked = await soon(formOrKept(found), parts.patienceMs ?? PATIENCE_MS)
    } catch (error) {
      log.error({ event: found.event.id, reason: reasonOf(error) }, 'a Slack event could not be kept')
      return refuse(found.event, ack, isForm, error)
    }
    if (asked === null) return ack()
    await form(found, asked, ack)
  }

  /** The form to open first; null: none, and the event is kept. */
  async function formOrKept(found: Extract<Read, { kind: 'event' }>): Promise<FormAsked | null> {
    const asked = await formOf(found)
    if (asked === null) await counter.take(found.event)
    return asked
  }

  /** Words and clicks may ask for a form; its values, pages opened and channels joined never do. */
  async function formOf({ event, trigger }: Extract<Read, { kind: 'event' }>): Promise<FormAsked | null> {
    const { did } = event
    const mayAsk = did.kind === 'say' || (did.kind === 'press' && did.form === null)
    return trigger !== null && mayAsk ? counter.formFor(event) : null
  }

  async function form(found: Extract<Read, { kind: 'event' }>, asked: FormAsked, ack: Ack): Promise<void> {
    const opened = open(found.trigger!, encodeForm(asked, found.event)).catch((error: unknown) => {
      log.warn({ reason: reasonOf(error) }, 'a form could not be opened')
      return parts.whisper(found.event, NOT_OPENED[asked.locale])
    })
    await ack()
    await opened
  }

  async function open(trigger: string, view: Modal | null): Promise<void> {
    if (view === null) throw new ChatFault('refused', 'the form carries more than Slack takes')
    await web.quick('views.open', { trigger_id: trigger, view }, z.object({}))
  }

  async function shortcut(chosen: Extract<Read, { kind: 'shortcut' }>, ack: Ack): Promise<void> {
    const { channel, message, thread, said, trigger, by } = chosen
    const from = { channel, message, thread, responseUrl: null }
    await ack()
    const cases = await casesOf(by)
    const modal = encodeAddToCase(said, from, parts.localeOf(channel), cases)
    await open(trigger, modal).catch((error: unknown) =>
      log.warn({ reason: reasonOf(error) }, "the shortcut's form could not be opened"),
    )
  }

  /** The form lives three seconds after the click: without the list one types. */
  async function casesOf(by: ChatUser): Promise<readonly CaseChoice[]> {
    try {
      return await soon(counter.casesFor(by), CHOICES_MS)
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'the cases to choose from could not be read in time')
      return []
    }
  }

  /** A person who waits gets one clear sentence; what Slack sends again by itself is left to that. */
  async function refuse(event: Inbound, ack: Ack, isForm: boolean, error: unknown): Promise<void> {
    const locale = parts.localeOf(event.channel)
    if (event.id.startsWith('command ')) return ack({ response_type: 'ephemeral', text: NOT_KEPT[locale] })
    if (isForm) return ack({ response_action: 'errors', errors: { [firstField(event)]: NOT_KEPT[locale] } })
    if (event.did.kind !== 'press') throw error
    await ack()
    await parts.whisper(event, NOT_KEPT[locale])
  }

  return {
    async receive(body, ack) {
      const self = parts.self()
      if (self === null) throw new ChatFault('unavailable', 'Slack has not told us yet who we are')
      const found = normalize(body, self)
      switch (found.kind) {
        case 'event':
          return event(found, ack, (body as { type?: unknown }).type === 'view_submission')
        case 'shortcut':
          return shortcut(found, ack)
        case 'ignored':
          log.debug({ why: found.why }, 'a Slack event was ignored')
          return ack()
        case 'foreign':
          log.warn({ team: found.team }, 'an event of another Slack workspace was refused')
          return ack()
      }
    },
  }
}

/** Slack shows an error beside a field, so it needs the name of one. */
function firstField({ did }: Inbound): string {
  if (did.kind === 'press' && did.form !== null) return Object.keys(did.form)[0] ?? 'form'
  return 'words'
}

/** Rejects when `work` takes longer than a person's click lives. */
async function soon<T>(work: Promise<T>, patienceMs: number): Promise<T> {
  let end: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    end = setTimeout(() => reject(new ChatFault('unclear', 'it took too long to keep')), patienceMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(end)
  }
}

function reasonOf(error: unknown): string {
  return error instanceof ChatFault ? error.message : error instanceof Error ? error.name : 'failed'
}

const NOT_KEPT: Text = text(
  '数据库没有及时回应，这一步可能没有记下。请稍等片刻，卡片没有变化就再试一次。',
  'The database did not answer in time, so this may not have been recorded. Wait a moment; if the card has not changed, try again.',
)

const NOT_OPENED: Text = text(
  '表单没能打开，什么都没有改动。请再点一次。',
  'The form could not be opened; nothing was changed. Please press again.',
)
