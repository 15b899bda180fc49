/**
 * What can be kept for so long only: the words of voices (how they were read stays), rows of sources that could not be
 * used, and messages that were delivered or given up. Requests of chats go after a week anyway (src/chat/inbox.ts).
 */
export const KEPT_KINDS = ['voices', 'refused', 'outbox'] as const
export type KeptKind = (typeof KEPT_KINDS)[number]
