import type { Command } from '../src/command.ts'
import { mayActAs, notForThem } from '../src/records/person.ts'
import { text } from '../src/text.ts'
import { unknownCommand } from '../src/unknown-command.ts'
import { helpCard } from '../templates/help.ts'
import { answer } from './case/move.ts'

/** With a command's name, that one alone. */
export const help: Command<string> = {
  name: 'help',
  summary: text('查看全部命令', 'See every command'),
  usage: 'help [COMMAND]',
  role: 'viewer',
  takes: 'command',
  parse: (words) => words.trim().split(/\s+/, 1)[0]!.toLowerCase(),
  run: async (ctx, request) => {
    const usable = ctx.commands.filter((command) => mayActAs(request.by.role, command.role))
    const asked = request.args === '' ? usable : usable.filter(({ name }) => name === request.args)
    const others = ctx.commands.find(({ name }) => name === request.args)
    if (asked.length === 0 && others !== undefined) throw notForThem(others, request.by)
    if (asked.length === 0)
      throw unknownCommand(
        request.args,
        usable.map(({ name }) => name),
      )
    return answer(ctx, request, helpCard, {
      commands: asked,
      role: request.by.role,
      chat: request.via.chat,
      careIsOff: asked === usable && ctx.config.care === undefined && mayActAs(request.by.role, 'manager'),
    })
  },
}
