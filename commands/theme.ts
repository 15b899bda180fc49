import type { Command } from '../src/command.ts'
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
  role: 'manager',
  takes: 'theme',
  parse: parseTheme,
  run: (ctx, request) => {
    const { args } = request
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
