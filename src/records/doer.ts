/** Who does what nobody does by hand: the clock and the scorer. */
export const FORESHOCK = 'foreshock'
/** Whoever runs verbs on the machine itself. */
export const COMMAND_LINE = 'command-line'
