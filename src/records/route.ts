/** Under this name the tiers of channels, as changed from chat, are stored among the settings: {channel: tiers}. */
export const ROUTES_SETTING = 'routes'
/** And the roles granted from chat: {person: role}. */
export const ROLES_SETTING = 'roles'
/** And who asked for no list in the morning: ids of people. */
export const MORNING_OFF_SETTING = 'morning.off'

/** Who asked for none, as it is stored. */
export function offIn(stored: ReadonlyMap<string, unknown>): readonly string[] {
  const off = stored.get(MORNING_OFF_SETTING)
  return Array.isArray(off) ? off.filter((id) => typeof id === 'string') : []
}
