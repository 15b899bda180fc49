import { inBoth, same, type Text } from '../text.ts'
import type { Topic } from './cues.ts'

/** What topics are called: "服务 · 等待" / "Service · Waiting"; a topic that was taken out since goes by its id. */
export function topicNames(topics: readonly Topic[]): (id: string) => Text {
  const known = new Map(topics.map((topic) => [topic.id, topic]))
  return (id) => {
    const topic = known.get(id)
    if (topic === undefined) return same(id)
    const parent = topic.parent === null ? undefined : known.get(topic.parent)
    return parent === undefined
      ? topic.name
      : inBoth((locale) => `${parent.name[locale]} · ${topic.name[locale]}`)
  }
}
