import type { Card, CardTexts, Form } from '../../../src/chat/card.ts'

const buttons = (zh: boolean): Card['buttons'] => [
  { command: 'claim', label: zh ? '认领' : 'Claim', style: 'primary', args: 'A-1042' },
  { command: 'resolve', label: zh ? '结案' : 'Close case', style: 'plain', args: 'A-1042' },
]

/** A small case card with two buttons. */
export const caseCard: CardTexts = {
  zh: card('何雨婷可能流失', buttons(true)),
  en: card('He Yuting may leave', buttons(false)),
}

function card(title: string, pressed: Card['buttons']): Card {
  return { accent: 'P0', badge: 'P0', title, blocks: [], buttons: pressed, fallback: title, version: 3 }
}

const form = (zh: boolean): Form => ({
  title: zh ? '写结果' : 'Write the outcome',
  submit: zh ? '结案' : 'Close case',
  fields: [
    {
      kind: 'select',
      name: 'result',
      label: zh ? '结果' : 'Result',
      options: [
        { value: 'stays', label: zh ? '留下' : 'Stays' },
        { value: 'lost', label: zh ? '流失' : 'Lost' },
      ],
    },
    {
      kind: 'text',
      name: 'action',
      label: zh ? '做了什么' : 'What you did',
      multiline: true,
      required: true,
    },
    { kind: 'number', name: 'cost', label: zh ? '成本' : 'Cost', min: 0, value: 0 },
  ],
})

export const outcomeForm = { zh: form(true), en: form(false) }
