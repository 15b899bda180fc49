/** What a call to a suspected leaver found: they are still a customer, or they said that they are none any more. */
export type CallFound = 'here' | 'left'

/** Event of somebody who said on the phone that they are still a customer: activity of theirs, from then on. */
export const CONFIRMED_HERE = 'confirmed_here'
