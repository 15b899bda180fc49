/** What is learned of voices, as files beside their cards. */
export const WEIGHTS_FILE = 'weights.bin'
export const SENSE_FILE = 'weights.json'
