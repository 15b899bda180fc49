import type { Command } from '../src/command.ts'
import { mayActAs } from '../src/records/person.ts'
import { text } from '../src/text.ts'
import { helpCard } from '../templates/help.ts'
import { answer } from './case/move.ts'

export const help: Command<null> = {
  name: 'help',
  summary: text('查看全部命令', 'See every command'),
  usage: 'help',
  role: 'viewer',
  parse: () => null,
  run: async (ctx, request) => {
    const usable = ctx.commands.filter((command) => mayActAs(request.by.role, command.role))
    return answer(ctx, request, helpCard, {
      commands: usable,
      role: request.by.role,
      chat: request.via.chat,
      careIsOff: ctx.config.care === undefined && mayActAs(request.by.role, 'manager'),
    })
  },
}
