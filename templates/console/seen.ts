import { keep, read } from './prefs.ts'
import { channel, lists, me, unread, withEntry } from './state.ts'

/** What this browser has already shown its reader, per person and channel: the newest message and its instant. */

const key = (id: string) => `foreshock.seen.${me.value?.id ?? ''}.${id}`

export function countUnread(id: string): void {
  if (id === channel.value && document.visibilityState === 'visible') {
    markSeen(id)
    return
  }
  const loaded = lists.value.get(id)
  if (!loaded) return
  const [seenAt = '', seenId = ''] = (read(key(id)) ?? '').split(' ')
  // The demo's clock stands still for a while, so many messages share an instant: their order decides.
  const last = loaded.messages.findIndex((message) => message.id === seenId)
  const later = last >= 0 ? loaded.messages.slice(last + 1) : loaded.messages.filter(({ at }) => at > seenAt)
  const count = later.filter(({ author }) => author !== me.value?.id).length
  const more = loaded.more && later.length === loaded.messages.length
  unread.value = withEntry(unread.value, id, { count, more })
}

export function markSeen(id: string): void {
  const newest = lists.value.get(id)?.messages.at(-1)
  if (newest) keep(key(id), `${newest.at} ${newest.id}`)
  if (unread.value.get(id)?.count) unread.value = withEntry(unread.value, id, { count: 0, more: false })
}

export function markShownWhenVisible(): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') markSeen(channel.value)
  })
}
