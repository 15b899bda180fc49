import type { Button, View } from '../src/chat/card.ts'
import type { Storm } from '../src/sentinel/storm.ts'
import { speaker } from './language.ts'
import { typedDay } from './times.ts'

/** The way to all that was said in a storm; none where no search finds just that. */
export function voicesButton(storm: Storm, view: View): Button[] {
  const narrowed = narrowedTo(storm)
  if (narrowed === null) return []
  const mood = storm.what === 'negative' ? ['label:negative'] : []
  const since = `since:${typedDay(storm.startedAt, view)}`
  const until = storm.endedAt === null ? [] : [`until:${typedDay(storm.endedAt, view)}`]
  const args = [...narrowed, ...mood, since, ...until].join(' ')
  return [{ command: 'search', label: speaker(view.locale)('看反馈', 'See voices'), style: 'plain', args }]
}

/** As `search` takes it. Null: quotes end at a quote. */
function narrowedTo({ kind, key, site }: Storm): string[] | null {
  if (key.includes('"') || site.includes('"')) return null
  switch (kind) {
    case 'all':
      return []
    case 'topic':
      return [`topic:${key}`]
    case 'topic-site':
      return [`topic:${key}`, `site:"${site}"`]
    case 'site':
    case 'product':
      return [`${kind}:"${key}"`]
    case 'tag':
      return [`tag:"${key}"`]
    case 'words':
      return [`class:${key}`]
    case 'word':
      return [`"${key}"`]
  }
}
