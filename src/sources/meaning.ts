import { meantBy } from '../nearest.ts'
import { VOICE_CHANNELS } from '../records/label.ts'
import { type Text, text } from '../text.ts'
import type { Field, RowMapping } from './row-mapping.ts'

/** Kinds and channels the mapping itself names but nobody knows: no row could ever be right. */
export function meaningProblems(mapping: RowMapping, kinds: ReadonlySet<string>): Text[] {
  if (mapping.record === 'event') {
    return unknown(
      text('事件类型', 'kind'),
      used(mapping.fields.kind, mapping.kinds),
      kinds,
      text('档案里的类型', "the profile's kinds"),
    )
  }
  if (mapping.record === 'feedback') {
    return unknown(
      text('渠道', 'channel'),
      used(mapping.fields.channel, mapping.channels),
      new Set(VOICE_CHANNELS),
      text('已有的渠道', 'the channels'),
    )
  }
  return []
}

/** What the mapping can turn a row into: the targets of its translations, and its constant once translated. */
function used(field: Field, meanings: Readonly<Record<string, string>> = {}): string[] {
  const constant = typeof field === 'object' ? String(field.value) : null
  const targets = Object.values(meanings)
  return [...new Set(constant === null ? targets : [...targets, meanings[constant] ?? constant])]
}

function unknown(what: Text, named: readonly string[], known: ReadonlySet<string>, whose: Text): Text[] {
  return named
    .filter((name) => !known.has(name))
    .map((name) => {
      const meant = meantBy(name, known)
      return text(
        `映射写了${what.zh}“${name}”，${whose.zh}只有：${[...known].join('、')}。${meant.zh}`,
        `the mapping names the ${what.en} "${name}", which is not one of ${whose.en}: ${[...known].join(', ')}.${meant.en}`,
      )
    })
}
