import { z } from 'zod'
import { readList } from './stored-list.ts'

/** Under this name the tiers of channels, as changed from chat, are stored among the settings: {channel: tiers}. */
export const ROUTES_SETTING = 'routes'
/** And the roles granted from chat: {person: role}. */
export const ROLES_SETTING = 'roles'
/** And who asked for no list in the morning: ids of people. */
export const MORNING_OFF_SETTING = 'morning.off'

/** Who asked for none, of what is stored under that name. */
export function offIn(stored: unknown): readonly string[] {
  return readList(z.string(), stored)
}
