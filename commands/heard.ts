import type { Command } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError, isExpected } from '../src/errors.ts'
import { judgeNow } from '../src/judging/judge-now.ts'
import { clip, text } from '../src/text.ts'
import type { Customer } from '../src/timeline/history.ts'
import { firstHand } from '../src/voice/first-hand.ts'
import { heardCard } from '../templates/heard.ts'
import { customerMeant } from './case/customer.ts'
import { answer } from './case/move.ts'
import { HEARD } from './settings/history.ts'
import { hitLines, presentLexicon } from './words/lexicon.ts'

/** Graphemes of what was overheard: a few sentences, not a transcript. */
const LONGEST = 1_000
/** A name has at most this many words: "Anna Maria van Dyck". */
const NAME_WORDS = 4

export const heard: Command<string> = {
  name: 'heard',
  summary: text(
    '记下听到客户说的话，马上评估',
    'Pass on what a customer was heard to say; it is judged at once',
  ),
  usage: 'heard C-123 what they said',
  role: 'csm',
  takes: 'customer',
  parse: parseHeard,
  run: async (ctx, request) => {
    const { customer, said } = await apart(ctx, request.args)
    const { by, id } = request
    const at = ctx.clock.now()
    const voice = { customer, by: by.id, request: id, at, text: said }
    const fresh = await ctx.store.transaction(async (tables) => {
      const isNew = await tables.heard.add(voice)
      if (isNew) await tables.settings.note(`${HEARD}C-${customer.no}`, null, true, by.id, at)
      return isNew
    })
    const judged = (await judgeNow(ctx, customer.id, 'heard'))!
    return answer(ctx, request, heardCard, {
      customer,
      said,
      at,
      fresh,
      mood: ctx.voice.mood({ id: `${by.id}:${id}`, text: said, rating: null })?.score ?? null,
      hits: hitLines(said, await presentLexicon(ctx), firstHand(said)),
      assessment: judged.assessment,
      decision: judged.decision,
      alert: judged.alert,
    })
  },
}

/** @throws ForeshockError BAD_INPUT */
export function parseHeard(words: string): string {
  const said = words.trim()
  if (said !== '') return said
  throw new ForeshockError(
    'BAD_INPUT',
    text('没写是哪位客户、说了什么。', 'Which customer, and what did they say?'),
    HOW,
  )
}

const HOW = text(
  '这样写：heard C-123 她说下次换一家',
  'Write it like this: heard C-123 she said she would go elsewhere',
)

/**
 * Who is meant and what they said. The customer comes first: a number, an id, a phone number or a name, in quotes where
 * that is clearer.
 *
 * @throws ForeshockError NOT_FOUND, or BAD_INPUT when several fit or nothing was said
 */
async function apart(ctx: Context, words: string): Promise<{ customer: Customer; said: string }> {
  let refused: ForeshockError | null = null
  let best: { customer: Customer; said: string } | null = null
  for (const { who, said } of readings(words)) {
    try {
      const { customer } = await customerMeant(ctx, who)
      const isNamedSo = customer.name?.toLowerCase() === who.toLowerCase()
      // "Anna" is found in Joanna, too: the whole name of "Anna Schmidt" is the better reading.
      if (best === null || isNamedSo) best = { customer, said }
      if (isNamedSo || /\d/.test(who)) break
    } catch (error) {
      if (!isExpected(error)) throw error
      refused ??= error
    }
  }
  if (best === null) throw refused!
  return { customer: best.customer, said: checked(best.said) }
}

/** Where the customer may end and the words begin, the shortest customer first. */
function readings(words: string): { who: string; said: string }[] {
  const quoted = /^["“「'](.{1,80}?)["”」'][\s:：,，]*([\s\S]*)$/.exec(words)
  if (quoted !== null) return [{ who: quoted[1]!.trim(), said: quoted[2]! }]
  const found: { who: string; said: string }[] = []
  const ends = /[\s:：,，]+/g
  for (let end = ends.exec(words); end !== null && found.length < NAME_WORDS; end = ends.exec(words)) {
    if (end.index > 80) break
    found.push({ who: words.slice(0, end.index), said: words.slice(ends.lastIndex) })
  }
  return found.length > 0 ? found : [{ who: clip(words, 80), said: '' }]
}

function checked(said: string): string {
  const words = said.trim()
  if (!/[\p{L}\p{N}\p{S}]/u.test(words)) {
    throw new ForeshockError('BAD_INPUT', text('没写客户说了什么。', 'What did they say?'), HOW)
  }
  if (clip(words, LONGEST) === words) return words
  throw new ForeshockError(
    'BAD_INPUT',
    text(`太长了，最多 ${LONGEST} 字。`, `That is too long; at most ${LONGEST} characters are kept.`),
    text('写下最要紧的几句就够了。', 'The few sentences that matter are enough.'),
  )
}
