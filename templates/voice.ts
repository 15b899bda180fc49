import type { Button, Template } from '../src/chat/card.ts'
import type { Text } from '../src/text.ts'
import type { Label } from '../src/voice/sentiment-reader.ts'
import { speaker } from './language.ts'
import { shown, withinLimits } from './limits.ts'
import { maskedVoice } from './names.ts'
import { aboutVoice, MOOD_OF, moodWords, type VoiceLine } from './voices.ts'
import { voiceNo } from './words.ts'

export interface VoiceCardData {
  readonly line: VoiceLine
  /** Where the customer stood; null: not told. */
  readonly stage: Text | null
  /** Someone just said what it is. */
  readonly labelled: boolean
  readonly mayLabel: boolean
  readonly maskNames: boolean
}

/** One voice, what was read out of it, and buttons that correct its mood. */
export const voiceCard: Template<VoiceCardData> = ({ line, stage, labelled, mayLabel, maskNames }, view) => {
  const { locale } = view
  const t = speaker(locale)
  const no = voiceNo(line.no)
  const words = maskNames ? maskedVoice(line.said, line.customer?.name ?? null) : line.said
  const title = labelled ? t(`${no} 已更正`, `${no} corrected`) : t(`反馈 ${no}`, `Voice ${no}`)
  const topics = line.topics.map((topic) => shown(topic[locale], 30)).join(t('、', ', '))
  const moods = Object.keys(MOOD_OF) as Label[]
  const buttons: Button[] = moods
    .filter((each) => each !== line.label || !line.corrected)
    .map((each) => ({
      command: 'label',
      label: MOOD_OF[each][locale],
      style: 'plain',
      args: `${no} ${each}`,
    }))
  return withinLimits({
    accent: labelled ? 'good' : 'neutral',
    title,
    subtitle: aboutVoice(line, maskNames, view),
    blocks: [
      { kind: 'text', text: shown(words, 300) },
      {
        kind: 'fields',
        fields: [
          { label: t('情绪', 'Mood'), value: moodWords(line, view) },
          { label: t('主题', 'Topics'), value: topics === '' ? t('无', 'none') : topics },
          ...(stage === null
            ? []
            : [{ label: t('旅程阶段', 'Journey stage'), value: shown(stage[locale], 40) }]),
          ...(line.site === null ? [] : [{ label: t('门店', 'Store'), value: shown(line.site, 40) }]),
          ...(line.product === null ? [] : [{ label: t('产品', 'Product'), value: shown(line.product, 40) }]),
        ],
      },
      {
        kind: 'note',
        text: labelled
          ? t(
              '以后按你说的算；再改一次就能改回来。',
              'Your word counts from now on; label it again to change it back.',
            )
          : t(`判断有误？label ${no} negative 服务`, `Wrong? label ${no} negative service`),
      },
    ],
    buttons: mayLabel ? buttons : [],
    fallback: `${title}${t('：', ': ')}${shown(words, 100)}`,
  })
}
