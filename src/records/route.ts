/** Under this name the tiers of channels, as changed from chat, are stored among the settings: {channel: tiers}. */
export const ROUTES_SETTING = 'routes'
/** And the roles granted from chat: {person: role}. */
export const ROLES_SETTING = 'roles'
