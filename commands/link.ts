import type { Command } from '../src/command.ts'
import { text } from '../src/text.ts'
import { inBothLanguages } from '../templates/both.ts'
import { linkedNote } from '../templates/link.ts'
import { viewFor } from './case/move.ts'
import { linkByCode, parseCode } from './people/accounts.ts'

export const link: Command<string> = {
  name: 'link',
  summary: text('把另一个聊天账号认作自己的', 'Say that another chat account is yours'),
  usage: 'link CODE',
  role: 'viewer',
  parse: (words) => parseCode(words, link.usage),
  run: async (ctx, request) => {
    const linked = await linkByCode(ctx, request.args, request.by, 'code', request.by.id)
    return { card: inBothLanguages(linkedNote, linked, viewFor(ctx, request)), private: true }
  },
}
