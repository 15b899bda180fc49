import { expect, it } from 'vitest'
import { commands } from '../commands/index.ts'
import { unknownCommand } from '../src/unknown-command.ts'

const NAMES = commands.map(({ name }) => name)
it.each([
  ['认领', 'A-1042', 'Did you mean claim A-1042?'],
  ['排行', '', 'Did you mean top 20?'],
  ['周报', '', 'Did you mean digest week?'],
  ['week', '', 'Did you mean digest week?'],
  ['Settings', '', 'Did you mean config?'],
  ['？', '', 'Did you mean help?'],
  ['clam', 'A-1042', 'Did you mean claim A-1042?'],
  ['top20', '', 'Did you mean top 20?'],
  ['claimA-1042', '打过了', 'Did you mean claim A-1042 打过了?'],
  ['constructor', '', 'Type help to see every command.'],
  ['😀', '', 'Type help to see every command.'],
])('%s %s: %s', (name, words, hint) => expect(unknownCommand(name, NAMES, words).hint).toBe(hint))

it('offers nothing that the chat does not have', () => {
  expect(unknownCommand('认领', ['top'])).toMatchObject({ hint: 'Type help to see every command.' })
})
