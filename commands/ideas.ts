import type { Command } from '../src/command.ts'
import { text } from '../src/text.ts'
import { ideasIn } from '../src/voice/ideas.ts'
import { IDEAS_PAGE, ideasCard } from '../templates/ideas.ts'
import { answer } from './case/move.ts'
import { pageOf } from './case/page.ts'
import { topicMeant } from './voices/topic-names.ts'

export interface IdeasWords {
  /** As typed; null: any topic. */
  readonly topic: string | null
  readonly page: number
}

/** The newest so many wishes are looked at. */
const MOST = 5_000

export const ideas: Command<IdeasWords> = {
  name: 'ideas',
  summary: text(
    '客户的心愿清单：说法相近的归在一起，按人数和价值排',
    'What customers wish for, alike wishes together, ranked by customers and their value',
  ),
  usage: 'ideas [TOPIC]',
  role: 'viewer',
  parse: parseIdeas,
  run: async (ctx, request) => {
    const { topic: said, page: wanted } = request.args
    const topic = said === null ? null : await topicMeant(ctx, said)
    const wishes = await ctx.store.voices.wishes(topic?.ids ?? null, MOST)
    const { rows, page, pages, total } = pageOf(ideasIn(wishes, ctx.voice.segmenter), wanted, IDEAS_PAGE)
    const people = await ctx.store.customers.many(rows.flatMap(({ example }) => example.customer ?? []))
    return answer(ctx, request, ideasCard, {
      topic: topic?.name ?? null,
      asked: said ?? '',
      rows: rows.map((idea) => ({ ...idea, name: people.get(idea.example.customer ?? '')?.name ?? null })),
      ...{ page, pages, total },
      currency: ctx.config.company.currency,
      maskNames: false,
    })
  },
}

export function parseIdeas(words: string): IdeasWords {
  const [, said = '', page] = /^(.*?)(?:(?:^|\s)page\s+(\d{1,4}))?$/is.exec(words.trim()) ?? []
  const topic = said.trim().slice(0, 80)
  return { topic: topic === '' ? null : topic, page: Math.max(1, Number(page ?? 1)) }
}
