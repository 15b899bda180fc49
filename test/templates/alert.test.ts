import { describe, expect, test } from 'vitest'
import { LOCALES } from '../../src/text.ts'
import { alertCard } from '../../templates/alert.ts'
import { view } from './cases.ts'
import { render } from './render.ts'
import { STAGES } from './stages.ts'

describe('the card of a case', () => {
  for (const [stage, data] of Object.entries(STAGES)) {
    for (const locale of LOCALES) {
      test(`${stage}, ${locale}`, () => {
        expect(render(alertCard(data, view(locale)))).toMatchSnapshot()
      })
    }
  }
})
