import { inBothLanguages } from '../../templates/both.ts'
import { deniedNote, linkStepCard } from '../../templates/link.ts'
import type { Alert } from '../alerts/alert.ts'
import { refuses, TRANSITIONS } from '../alerts/transition.ts'
import type { Card, CardTexts, Form } from '../chat/card.ts'
import type { ChannelRef } from '../chat/chat.ts'
import type { ChatUser, Counter, Deed, FormAsked, Front, Inbound } from '../chat/inbound.ts'
import type { Worked } from '../chat/inbox.ts'
import type { Renderer } from '../chat/outbox-rows.ts'
import type { Clock } from '../clock.ts'
import type { AnyCommand, Reply } from '../command.ts'
import type { Context } from '../context.ts'
import { dispatch, splitLine } from '../dispatch.ts'
import { mayActAs, type Person } from '../records/person.ts'
import type { Locale } from '../text.ts'
import { answered, rememberShown, type Shown, wordsPressed } from './answering.ts'
import { joinChannel } from './bring-in.ts'
import { caseChoices } from './case-choices.ts'
import { handedOver } from './hand-over.ts'
import { homeOf } from './home.ts'
import { spoken } from './spoken.ts'
import { CODE_HOURS, openWho } from './who.ts'

export interface CounterParts {
  readonly ctx: Context
  readonly commands: readonly AnyCommand[]
  /** By chat; plugged in while the adapters open. */
  readonly fronts: ReadonlyMap<string, Front>
  readonly render: Renderer
  /** Real time, for what is kept. */
  readonly clock: Clock
  /** Something was kept: look now. */
  wake(): void
  /** The team or tenant a platform's bot belongs to; null: any. */
  workspaceOf(chat: string): string | null
}

type Said = Extract<Deed, { kind: 'say' }>
type Press = Extract<Deed, { kind: 'press' }>

/** Verbs that ask for a form when nothing but the case is named, or nothing at all; asking changes nothing. */
const ASKING: readonly string[] = ['resolve', 'snooze', 'dismiss', 'reassign']
const ASKING_ALONE: readonly string[] = ['tune', 'ask']

function asksForForm(command: string, words: string): boolean {
  if (ASKING_ALONE.includes(command)) return words.trim() === ''
  if (command === 'storms') return /^close s-?\d{1,9}$/i.test(words.trim())
  return ASKING.includes(command) && /^(?:a-?|#)?\d{1,9}$/i.test(words)
}

/** Where every platform hands in what people do: keeps it, and works on what was kept. */
export function openCounter(parts: CounterParts): Counter & {
  work(event: Inbound, id: string): Promise<Worked>
} {
  const { ctx, commands, fronts } = parts
  const who = openWho(ctx, fronts)
  const shownBy = rememberShown(ctx)
  const shownAt = (event: Inbound): Promise<Shown | null> =>
    event.channel === null || event.message === null
      ? Promise.resolve(null)
      : shownBy({ chat: event.by.chat, channel: event.channel, message: event.message })
  const say = async (event: Inbound, deed: Said, by: Person, id: string) => {
    const { command, words } = splitLine(await spoken(ctx, event.by.chat, deed))
    return run(event, by, id, command, words, null)
  }
  const press = async (event: Inbound, deed: Press, by: Person, id: string) => {
    // Which case a message is about is known here; what the button says of it is not trusted.
    const shown = await shownAt(event)
    const words = wordsPressed(shown, deed.args)
    const reply = await run(event, by, id, deed.command, words, deed.form)
    if (shown !== null && 'case' in shown) await redrawStale(ctx, shown.case, deed.version, parts.clock.now())
    return reply
  }
  const run = async (
    event: Inbound,
    by: Person,
    id: string,
    command: string,
    words: string,
    form: Press['form'],
  ): Promise<Reply> => {
    const asking = { by, via: viaOf(event), id, command, words, form }
    const reply = await answered(ctx, by, id, () => dispatch(ctx, commands, asking))
    // Too late for a form to open by itself: a button opens it.
    return reply.form === undefined
      ? reply
      : { ...reply, card: withButton(reply.card, reply.form, command, words) }
  }
  const tell = async (event: Inbound, reply: Reply, locale: Locale, id: string) => {
    const front = fronts.get(event.by.chat)
    if (front === undefined) return
    const how = { private: reply.private && !event.isDirect, locale, key: id }
    await front.answer(event, await handedOver(front, event, reply, id, ctx.log), how)
  }

  return {
    take: async (event) => {
      const kept = await ctx.store.inbox.take(event, parts.clock.now())
      if (kept) parts.wake()
      return kept
    },

    formFor: async (event) => {
      if (isElsewhere(parts, event.by)) return null
      const by = await who.atOnce(event.by)
      if (by === null) return null
      const { did } = event
      if (did.kind === 'press' && did.form === null)
        return pressedForm(parts, event, did, await shownAt(event), by)
      if (did.kind !== 'say') return null
      const { command, words } = splitLine(await spoken(ctx, event.by.chat, did))
      return askedForm(parts, event, command, words, by)
    },

    casesFor: async (user) => {
      const by = isElsewhere(parts, user) ? null : await who.atOnce(user)
      return by === null || !mayActAs(by.role, 'csm') ? [] : caseChoices(ctx, by)
    },

    work: async (event, id) => {
      const { by: user, did } = event
      if (isElsewhere(parts, user)) {
        ctx.log.warn(
          { chat: user.chat, workspace: user.workspace },
          'an event of another workspace was ignored',
        )
        return 'done'
      }
      if (did.kind === 'member') {
        await setMember(ctx, event, did.joined)
        return 'done'
      }
      const whose = await who.of(user)
      const locale = ctx.config.company.locale
      const view = { timeZone: ctx.config.company.timeZone, now: ctx.clock.now() }
      if (whose.is === 'denied') {
        if (did.kind !== 'home')
          await tell(event, { card: inBothLanguages(deniedNote, whose, view), private: true }, locale, id)
        return 'done'
      }
      if (whose.is === 'nobody') {
        const card = inBothLanguages(linkStepCard, { code: whose.code, hours: CODE_HOURS }, view)
        if (did.kind === 'home') {
          await fronts.get(user.chat)?.home?.(user, [card[locale]])
          return 'done'
        }
        await tell(event, { card, private: true }, locale, `${id}:link`)
        return 'held'
      }
      const { person } = whose
      if (did.kind === 'home') {
        await fronts.get(user.chat)?.home?.(user, await homeOf(ctx, commands, person, id, viaOf(event)))
        return 'done'
      }
      const reply =
        did.kind === 'say' ? await say(event, did, person, id) : await press(event, did, person, id)
      await tell(event, reply, person.locale, id)
      return 'done'
    },
  }
}

function isElsewhere({ workspaceOf }: CounterParts, { chat, workspace }: ChatUser): boolean {
  const ours = workspaceOf(chat)
  return ours !== null && ours !== workspace
}

async function setMember(ctx: Context, { by, channel }: Inbound, joined: boolean): Promise<void> {
  if (channel === null) return
  const place = { chat: by.chat, channel }
  if (joined) await joinChannel(ctx, place)
  else await ctx.store.chatChannels.left(place, ctx.clock.now())
}

/** A card is drawn again at most once in so long, however many press it meanwhile: platforms take few edits. */
const REDRAWN_MS = 10_000

/** Whoever pressed an old card sees the present one. */
async function redrawStale(ctx: Context, no: number, version: number | null, now: Date): Promise<void> {
  if (version === null) return
  const alert = await ctx.store.alerts.byNo(no)
  if (alert === null || alert.version <= version) return
  const occasion = `press ${Math.floor(now.getTime() / REDRAWN_MS)}`
  await ctx.store.outbox.redraw(alert, occasion, ctx.clock.now())
  ctx.wake()
}

/** The form of the pressed button, as the case's card has it now, else the one its command asks for. */
async function pressedForm(
  parts: CounterParts,
  event: Inbound,
  { command, args }: Press,
  shown: Shown | null,
  by: Person,
): Promise<FormAsked | null> {
  const { ctx, render } = parts
  const no = shown !== null && 'case' in shown ? shown.case : null
  const alert = no === null ? null : await ctx.store.alerts.byNo(no)
  if (alert === null) return askedForm(parts, event, command, wordsPressed(shown, args), by)
  // Nobody fills in what would be refused; why it would is told when the press itself is worked on.
  if (isRefused(command, alert, by)) return null
  const { card } = await render.card(alert.id)
  const formIn = ({ buttons }: Card): Form | undefined =>
    buttons.find((button) => button.command === command)?.form
  const [zh, en] = [formIn(card.zh), formIn(card.en)]
  if (zh !== undefined && en !== undefined)
    return { form: { zh, en }, locale: by.locale, command, args: `A-${no}` }
  return askedForm(parts, event, command, `A-${no}`, by)
}

function isRefused(command: string, alert: Alert, by: Person): boolean {
  const row = TRANSITIONS.find(({ verb }) => verb === command)
  return row !== undefined && refuses(row.verb, alert, by, mayActAs) !== null
}

/** The form of a command that was given too few words to act on. */
async function askedForm(
  { ctx, commands }: CounterParts,
  event: Inbound,
  command: string,
  words: string,
  by: Person,
): Promise<FormAsked | null> {
  if (!asksForForm(command, words)) return null
  const asking = { by, via: viaOf(event), id: event.id, command, words, form: null }
  // What is refused is told when the event itself is worked on.
  const { form } = await answered(ctx, by, event.id, () => dispatch(ctx, commands, asking))
  return form === undefined ? null : { form, locale: by.locale, command, args: words }
}

function viaOf({ by, channel, isDirect }: Inbound): ChannelRef {
  return { chat: by.chat, channel: channel ?? (isDirect ? 'direct' : 'home') }
}

/** The answer with a button that opens the form. */
function withButton(
  card: CardTexts,
  form: Readonly<Record<Locale, Form>>,
  command: string,
  args: string,
): CardTexts {
  const one = (locale: Locale): Card => {
    const button = { command, label: form[locale].title, style: 'primary', args, form: form[locale] } as const
    return { ...card[locale], buttons: [...card[locale].buttons, button] }
  }
  return { zh: one('zh'), en: one('en') }
}
