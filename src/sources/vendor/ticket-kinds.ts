/** What a help desk tells of itself; a profile of one's own need not have it. */
export const TICKET_KINDS: readonly string[] = ['ticket_opened', 'ticket_resolved']
