import type { Command } from '../src/command.ts'
import { text } from '../src/text.ts'
import { vocCard } from '../templates/voc.ts'
import { vocGroupsCard } from '../templates/voc-groups.ts'
import { vocTopicCard } from '../templates/voc-topic.ts'
import { answer } from './case/move.ts'
import { periodMeant } from './case/period.ts'
import { comparison } from './voc/compare.ts'
import { overview } from './voc/overview.ts'
import { topicPage } from './voc/topic.ts'
import { topicList, topicMeant } from './voc/topics.ts'
import { parseVoc, VOC_USAGE, type VocWords } from './voc/words.ts'

export const voc: Command<VocWords> = {
  name: 'voc',
  summary: text(
    '客户在说什么：NPS、满意率、情绪、留存，话题排行；看一个话题，或对比门店、产品、区域、客群',
    'What customers say: NPS, CSAT, mood, retention, topics ranked; one topic, or stores and products side by side',
  ),
  usage: VOC_USAGE,
  role: 'csm',
  takes: 'voc',
  parse: parseVoc,
  run: async (ctx, request) => {
    const { args } = request
    const period = periodMeant(args.period, ctx.clock.now(), ctx.config.company.timeZone)
    switch (args.about) {
      case 'all':
        return answer(ctx, request, vocCard, { ...(await overview(ctx, period)), asked: args.asked })
      case 'groups':
        return answer(ctx, request, vocGroupsCard, await comparison(ctx, args, period))
      case 'topic': {
        const list = await topicList(ctx)
        const topic = topicMeant(list, args.topic)
        return answer(ctx, request, vocTopicCard, await topicPage(ctx, list, topic, period))
      }
    }
  },
}
