import { ownValue } from '../own-value.ts'
import { VOICE_CHANNELS } from '../records/label.ts'
import { VOICE, voiceKind } from './columns.ts'
import type { Profile } from './profile.ts'

/** The kind an event counts as besides its own: a maintenance is a visit, a review is a voice. */
export type Parents = ReadonlyMap<string, string>

/** What is true under every profile: a voice of any channel is a voice. */
export const VOICE_PARENTS: Parents = new Map(VOICE_CHANNELS.map((channel) => [voiceKind(channel), VOICE]))

/** Every kind that is a special case of another, by the profile's `is`. One step: a parent has no parent. */
export function parentsOf(profile: Profile): Parents {
  const declared = Object.entries(profile.kinds).flatMap(([kind, { is }]) =>
    is === undefined ? [] : [[kind, is] as const],
  )
  return new Map([...VOICE_PARENTS, ...declared])
}

/** The attribute that must say yes before events of a kind count, by its own word or by that of the kind it is a case of. */
export function authorisationOf({ kinds }: Pick<Profile, 'kinds'>, kind: string): string | undefined {
  const { is, authorisedBy } = ownValue(kinds, kind) ?? {}
  return authorisedBy ?? (is === undefined ? undefined : kinds[is]?.authorisedBy)
}

/** Every kind an aggregate may be taken over: the profile's own, `voice`, and a voice of each channel. */
export function kindsOf(profile: Profile): Set<string> {
  return new Set([...Object.keys(profile.kinds), VOICE, ...VOICE_PARENTS.keys()])
}
