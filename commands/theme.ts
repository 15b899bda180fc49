import type { Command } from '../src/command.ts'
import { ForeshockError } from '../src/errors.ts'
import { mayActAs } from '../src/records/person.ts'
import { text } from '../src/text.ts'
import { addTheme, finishTheme, listThemes, showTheme } from './voc/theme-acts.ts'
import { parseTheme, THEME_USAGE, type ThemeWords } from './voc/theme-words.ts'

export const theme: Command<ThemeWords> = {
  name: 'theme',
  summary: text(
    '把客户抱怨的话题交给人去改进，改完看前后变化、该告诉谁',
    'Hand what customers complain of to whoever mends it; see what changed since, and whom to tell',
  ),
  usage: THEME_USAGE,
  // CSMs tell their customers; whose a topic is and when it is mended, managers say.
  role: 'csm',
  takes: 'theme',
  parse: parseTheme,
  run: (ctx, request) => {
    const { args } = request
    const acts = args.act === 'add' || args.act === 'done'
    if (acts && !mayActAs(request.by.role, 'manager')) throw onlyForManagers()
    switch (args.act) {
      case 'list':
        return listThemes(ctx, request, args.page)
      case 'show':
        return showTheme(ctx, request, args.no)
      case 'add':
        return addTheme(ctx, request, args)
      case 'done':
        return finishTheme(ctx, request, args)
    }
  },
}

function onlyForManagers(): ForeshockError {
  return new ForeshockError(
    'FORBIDDEN',
    text(
      '谁都能看，新建和完成主题要主管以上。',
      'Looking is fine; adding or finishing a theme takes a manager or above.',
    ),
    text('请主管操作。', 'Ask a manager.'),
  )
}
