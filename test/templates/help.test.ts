import { expect, test } from 'vitest'
import { LOCALES, text } from '../../src/text.ts'
import { helpCard } from '../../templates/help.ts'
import { view } from './cases.ts'
import { render } from './render.ts'

test.each(['console', 'slack', 'lark'])('help, as one types on %s', (chat) => {
  const commands = [
    {
      name: 'top',
      usage: 'top [N]',
      summary: text('按优先级看风险客户', 'Customers at risk, by priority'),
      role: 'viewer' as const,
    },
    {
      name: 'claim',
      usage: 'claim A-1042',
      summary: text('认领一个预警', 'Take a case'),
      role: 'csm' as const,
    },
    {
      name: 'config',
      usage: 'config set NAME VALUE',
      summary: text('查看或修改设置', 'See or change settings'),
      role: 'admin' as const,
    },
  ]
  const asked = { commands, role: 'manager', chat } as const
  expect(LOCALES.map((locale) => render(helpCard(asked, view(locale)))).join('\n======\n')).toMatchSnapshot()
})
