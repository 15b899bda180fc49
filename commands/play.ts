import type { Command } from '../src/command.ts'
import { ForeshockError } from '../src/errors.ts'
import { clip, text } from '../src/text.ts'
import { ranked } from '../src/voice/ranked.ts'
import { playCard } from '../templates/play.ts'
import { caseSeen } from './case/customer.ts'
import { answer } from './case/move.ts'
import { faqOf, type Play, successes, talkTracks } from './case/plays.ts'

/** Words to look for, or the case whose likely reason is meant. */
export type PlayWords = { readonly words: string } | { readonly no: number }

/** Graphemes of a question. */
const LONGEST = 80

export const play: Command<PlayWords> = {
  name: 'play',
  summary: text(
    '找话术、常见问题和过去留住客户的做法；写单号就按它的可能原因找',
    'Talk tracks, common questions and what kept customers before; with a case, those for its likely reason',
  ),
  usage: 'play WORDS | A-1042',
  role: 'csm',
  parse: parsePlay,
  run: async (ctx, request) => {
    const { args } = request
    const all: Play[] = [...talkTracks(ctx.profile), ...faqOf(ctx.profile), ...(await successes(ctx))]
    if ('no' in args) {
      const { cause } = (await caseSeen(ctx, args.no)).alert.assessment
      const plays = all.filter(({ causes }) => causes.includes(cause))
      return answer(ctx, request, playCard, { asked: null, no: args.no, cause, plays })
    }
    const texts = all.map(({ searched }) => searched)
    const plays = ranked(args.words, texts, ctx.voice.segmenter).map((at) => all[at]!)
    return answer(ctx, request, playCard, { asked: args.words, no: null, cause: null, plays })
  },
}

/** @throws ForeshockError BAD_INPUT */
export function parsePlay(words: string): PlayWords {
  const said = words.replace(/\s+/g, ' ').trim()
  const no = /^a-?(\d{1,9})$/i.exec(said)?.[1]
  if (no !== undefined) return { no: Number(no) }
  if (said !== '') return { words: clip(said, LONGEST) }
  throw new ForeshockError(
    'BAD_INPUT',
    text('没写要找什么。', 'What are you looking for?'),
    text('例如：play 太贵了，或 play A-1042', 'For example: play too expensive, or play A-1042'),
  )
}
