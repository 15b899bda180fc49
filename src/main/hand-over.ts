import type { CardTexts } from '../chat/card.ts'
import { ChatFault } from '../chat/fault.ts'
import type { Front, Inbound } from '../chat/inbound.ts'
import type { Reply } from '../command.ts'
import type { Log } from '../log.ts'
import { type Locale, text } from '../text.ts'

const SPREADSHEET = text('下载表格', 'Spreadsheet')

/**
 * The card of an answer as a chat shows it: the asker's file is handed over first, and the card says whether that could be
 * done; a list that can be had as a table gets a button for it.
 */
export async function handedOver(
  front: Front,
  to: Inbound,
  { card, file }: Pick<Reply, 'card' | 'file'>,
  key: string,
  log: Log,
): Promise<CardTexts> {
  if (file === undefined) return front.give === undefined ? card : withTable(card)
  if (front.give === undefined) return file.withheld
  try {
    await front.give(to, file, `${key}:file`)
    return file.given
  } catch (error) {
    // Whoever asked can have it from the console, at once: nothing is tried again behind them.
    if (!(error instanceof ChatFault)) throw error
    log.warn({ reason: error.message }, 'a file could not be handed over; its asker is told')
    return file.withheld
  }
}

function withTable(card: CardTexts): CardTexts {
  const one = (locale: Locale) => {
    const { table, buttons } = card[locale]
    if (table === undefined) return card[locale]
    const button = { command: 'table', label: SPREADSHEET[locale], style: 'plain', args: table } as const
    return { ...card[locale], buttons: [...buttons, button] }
  }
  return { zh: one('zh'), en: one('en') }
}
