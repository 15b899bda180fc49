import { expect, it } from 'vitest'
import { openProfile } from '../../src/main/parts.ts'

it('a profile whose name is nearly right is recognised', () => {
  expect(() => openProfile({ profile: 'retial', folder: '.' })).toThrow(
    'There is no profile "retial". Did you mean "retail"?',
  )
  expect(() => openProfile({ profile: './mine.yaml', folder: '.' })).toThrow(
    /^There is no profile "\.\/mine\.yaml"\.$/,
  )
})
