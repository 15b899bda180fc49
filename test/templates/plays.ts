import { shippedProfile } from '../features/shipped.ts'

/** What car dealers do about a likely reason. */
export const { plays: PLAYS } = shippedProfile('auto')
