import { describe, expect, it } from 'vitest'
import { personaOf } from '../../src/demo/persona.ts'
import { openStream } from '../../src/demo/random.ts'
import { CHINESE } from '../../src/demo/sentences.ts'
import { ENGLISH } from '../../src/demo/sentences-en.ts'
import { speak } from '../../src/demo/voice.ts'
import { STAYS } from './role.ts'

const SLOTS = /\{(store|model|part|advisor|rival|years|days)\}/g

describe('sentences', () => {
  const chinese = Object.values(CHINESE).flat()
  const english = Object.values(ENGLISH).flat()

  it('are many, and no two alike', () => {
    expect(chinese.length).toBeGreaterThanOrEqual(100)
    expect(english.length).toBeGreaterThanOrEqual(40)
    expect(new Set([...chinese, ...english]).size).toBe(chinese.length + english.length)
  })

  it('have no slot that nobody fills, and each at most once', () => {
    for (const sentence of [...chinese, ...english]) {
      expect(sentence.replace(SLOTS, '')).not.toMatch(/[{}]/)
      const slots = sentence.match(SLOTS) ?? []
      expect(new Set(slots).size).toBe(slots.length)
    }
  })

  it('are filled in the language of the customer and not said twice in a row', () => {
    const persona = personaOf('7', 1, STAYS)
    const draw = openStream('talk')
    let last = ''
    for (let turn = 0; turn < 200; turn += 1) {
      const zh = speak('furious', { ...persona, language: 'zh' }, 4, draw, last)
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(zh).not.toMatch(/[{}]/)
      expect(speak('furious', { ...persona, language: 'en' }, 4, draw, '')).not.toMatch(/[{}\p{Script=Han}]/u)
      const curt = speak('curt', { ...persona, language: 'zh' }, 4, draw, last)
      expect(curt).not.toBe(last)
      last = curt
    }
  })
})
