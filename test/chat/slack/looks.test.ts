import { describe, expect, test } from 'vitest'
import { encodeCard } from '../../../src/chat/slack/encode.ts'
import { LOCALES } from '../../../src/text.ts'
import { alertCard } from '../../../templates/alert.ts'
import { messageFaults } from '../../fakes/slack/limits.ts'
import { view } from '../../templates/cases.ts'
import { STAGES } from '../../templates/stages.ts'
import { draw } from './draw.ts'

describe('the card of a case on Slack', () => {
  for (const [stage, data] of Object.entries(STAGES)) {
    for (const locale of LOCALES) {
      test(`${stage}, ${locale}`, () => {
        const message = encodeCard(alertCard(data, view(locale)), locale)
        expect(messageFaults(message)).toEqual([])
        expect(draw(message)).toMatchSnapshot()
      })
    }
  }
})
