import { expect, it } from 'vitest'
import { parseTheme } from '../../commands/voc/theme-words.ts'

it.each(['明天', '12月1日', '下周五', '13-01', 'tomorrow', 'next Friday'])(
  'a day that is none, %s, is not taken for a part of the department',
  (day) => {
    expect(() => parseTheme(`add 等待 售后部 lin ${day}`)).toThrow(`"${day}" is not a day.`)
  },
)

it.each(['2026-12-1', '2026/12/01', 'by 2026.12.01'])('reads %s', (day) => {
  expect(parseTheme(`add waiting Body Shop 2 ${day}`)).toMatchObject({
    whose: 'Body Shop 2',
    due: '2026-12-01',
  })
})
