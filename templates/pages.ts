import type { Button, View } from '../src/chat/card.ts'
import { speaker } from './language.ts'

/** Where a list stands; pages count from 1. */
export interface Paging {
  readonly page: number
  readonly pages: number
}

/** ", page 2 of 3"; nothing where there is only one page. */
export function pageOf({ page, pages }: Paging, { locale }: View): string {
  if (pages <= 1) return ''
  return speaker(locale)(`，第 ${page}/${pages} 页`, `, page ${page} of ${pages}`)
}

/** Buttons to the pages beside this one: the same command and words, ending in `page N`. */
export function pageButtons(
  { page, pages }: Paging,
  command: string,
  words: string,
  { locale }: View,
): Button[] {
  const t = speaker(locale)
  const turn = (to: number, label: string): Button => {
    return { command, label, style: 'plain', args: `${words} page ${to}`.trim() }
  }
  return [
    ...(page > 1 ? [turn(page - 1, t('上一页', 'Previous'))] : []),
    ...(page < pages ? [turn(page + 1, t('下一页', 'Next'))] : []),
  ]
}
