/** The platform's name in references, in the configuration and in the database. */
export const SLACK = 'slack'
