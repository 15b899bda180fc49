import type { Command } from '../src/command.ts'
import { text } from '../src/text.ts'
import { MOST_FOUND } from '../src/voice/found.ts'
import { VOICES_PAGE, voicesCard } from '../templates/voices.ts'
import { answer } from './case/move.ts'
import { pageRead } from './case/page.ts'
import { likelyWord } from './voices/likely.ts'
import { linesOf } from './voices/line.ts'
import { voiceAnswer } from './voices/one.ts'
import { parseSearch, type SearchWords } from './voices/search-words.ts'
import { searching } from './voices/searching.ts'
import { areSomeUnread } from './voices/unread.ts'

export const search: Command<SearchWords> = {
  name: 'search',
  summary: text(
    '在全部客户反馈里找：关键词、“原话”、-排除，可按门店、主题、情绪、时间等筛选',
    'Find what customers said: words, "phrases", -without, narrowed by store, topic, mood, time and more',
  ),
  usage:
    'search WORDS [site: | product: | topic: | tag: | class: | label:negative | stage: | since:30d | lang: | channel: | customer:]',
  role: 'viewer',
  takes: 'voices',
  parse: parseSearch,
  run: async (ctx, request) => {
    const { asked, voice, page: wanted } = request.args
    if (voice !== null) return voiceAnswer(ctx, request, voice)
    const { sought, nothing, look } = await searching(ctx, request.args, request.by.timeZone)
    const { list: found, page, pages } = await pageRead(wanted, VOICES_PAGE, look)
    return answer(ctx, request, voicesCard, {
      asked,
      lines: await linesOf(ctx, found.voices, sought),
      total: found.total,
      more: found.total >= MOST_FOUND,
      back: found.back,
      page,
      pages,
      likely: found.total === 0 && !nothing ? await likelyWord(ctx, sought) : null,
      unread: found.total === 0 && (await areSomeUnread(ctx)),
      maskNames: false,
    })
  },
}
