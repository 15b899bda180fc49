import type { CardTexts } from '../chat/card.ts'
import type { Broadcast, ConsoleDesk } from '../chat/console/ports.ts'
import type { WireAnswer, WirePerson, WireProgress } from '../chat/console/wire.ts'
import type { AnyCommand } from '../command.ts'
import type { Context } from '../context.ts'
import { dispatch, splitLine } from '../dispatch.ts'
import { ForeshockError } from '../errors.ts'
import { FORESHOCK } from '../records/doer.ts'
import type { Person } from '../records/person.ts'
import { clean, text } from '../text.ts'
import { answered, lineOf, REMEMBERED, rememberShown, wordsPressed } from './answering.ts'
import { completions } from './complete.ts'

const CONSOLE = 'console'

/** The console page's counterpart: runs what is typed and pressed, and keeps both sides of the talk. */
export function openDesk(
  ctx: Context,
  commands: readonly AnyCommand[],
  broadcast: Broadcast,
  clock: ConsoleDesk['clock'],
  progress: () => WireProgress | null,
): ConsoleDesk {
  const channels = ctx.config.channels.filter((channel) => channel.chat === CONSOLE)
  const post = async (message: {
    channel: string
    thread: string | null
    author: string
    line: string | null
    card: CardTexts | null
    onlyFor: string | null
    key: string
  }) => {
    broadcast.message(await ctx.store.console.add({ ...message, at: ctx.clock.now() }))
  }
  const once = rememberAnswers()
  const shownBy = rememberShown(ctx)
  return {
    clock,
    session: async (person) => ({
      company: ctx.config.company.name,
      timeZone: ctx.config.company.timeZone,
      me: wirePerson(ctx.people.get(person ?? '') ?? ctx.people.all[0]!),
      people: ctx.people.all.map(wirePerson),
      channels: channels.map(({ id, title, about }) => ({ id, title, about: about ?? text('', '') })),
      clock: clock?.state() ?? null,
      progress: progress(),
    }),
    say: ({ person, channel, thread, line: typed, request, form }) =>
      once([person, request, form ?? null], async () => {
        const by = personOf(ctx, person)
        requireChannel(channels, channel)
        const line = lineOf(typed)
        const { command, words } = splitLine(line)
        const asking = {
          by,
          via: { chat: CONSOLE, channel },
          id: request,
          command,
          words,
          form: form ?? null,
        }
        const reply = await answered(ctx, by, request, () => dispatch(ctx, commands, asking))
        // A private answer makes the question private too: the channel is not filled with other people's look-ups.
        const onlyFor = reply.private ? by.id : null
        const place = { channel, thread, onlyFor }
        if (form === undefined || form === null)
          await post({ ...place, author: by.id, line, card: null, key: `line:${request}` })
        if (reply.form !== undefined) return { note: null, form: { form: reply.form, command, args: words } }
        await post({ ...place, author: FORESHOCK, line: null, card: reply.card, key: `reply:${request}` })
        return { note: null, form: null }
      }),
    press: ({ person, channel, message, command, args, form, request }) =>
      once([person, request, form], async () => {
        const by = personOf(ctx, person)
        requireChannel(channels, channel)
        // Which case a card is about is known here; what the button says of it is not trusted.
        const words = wordsPressed(await shownBy({ chat: CONSOLE, channel, message }), args)
        const reply = await dispatch(ctx, commands, {
          by,
          via: { chat: CONSOLE, channel },
          id: request,
          command,
          words,
          form,
        })
        if (reply.form !== undefined) return { note: null, form: { form: reply.form, command, args: words } }
        return { note: reply.card, form: null }
      }),
    table: async (person, line) => ctx.tableOf(personOf(ctx, person), clean(line))(),
    complete: (person, line) => completions(ctx, personOf(ctx, person), line),
  }
}

/**
 * The same request of the same person gets the answer it already got: a page that lost an answer asks again, and
 * what it asked for must not be done twice. Moves of a case are safe across restarts too, by their stored request.
 */
function rememberAnswers() {
  const answers = new Map<string, Promise<WireAnswer>>()
  return (request: readonly unknown[], act: () => Promise<WireAnswer>): Promise<WireAnswer> => {
    const key = JSON.stringify(request)
    const known = answers.get(key)
    if (known !== undefined) return known
    const answer = act()
    answers.set(key, answer)
    answer.catch(() => answers.delete(key))
    if (answers.size > REMEMBERED) answers.delete(answers.keys().next().value!)
    return answer
  }
}

function personOf(ctx: Context, id: string): Person {
  const person = ctx.people.get(id)
  if (person !== null) return person
  throw new ForeshockError(
    'FORBIDDEN',
    text(`配置里没有“${id}”这个人。`, `"${id}" is not one of the people in the configuration.`),
    text('请在页面上重新选择身份。', 'Choose who you are again on the page.'),
  )
}

function requireChannel(channels: readonly { id: string }[], id: string): void {
  if (channels.some((channel) => channel.id === id)) return
  throw new ForeshockError(
    'NOT_FOUND',
    text(`没有“${id}”这个频道。`, `There is no channel "${id}".`),
    text('请刷新页面。', 'Reload the page.'),
  )
}

function wirePerson({ id, name, role, locale, timeZone }: Person): WirePerson {
  return { id, name, role, locale, timeZone }
}
