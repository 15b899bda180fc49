import type { RowPage, TimelineRow } from './rows.ts'

/** The mood of something said, -1 to 1; null: none. Asked once for each voice that is read. */
export type SentimentOf = (voice: {
  readonly id: string
  readonly text: string
  readonly rating: number | null
}) => { readonly score: number } | null

/** A row with the mood of its text; rows that say nothing stay as they are. */
export function withSentiment(row: TimelineRow, sentimentOf: SentimentOf): TimelineRow {
  const { id, text, rating } = row
  if (text === undefined || text === null || text === '') return row
  return { ...row, sentiment: sentimentOf({ id, text, rating: rating ?? null })?.score ?? null }
}

/** A page with the mood of its texts. */
export function withMoods(page: RowPage, sentimentOf: SentimentOf): RowPage {
  if (page.texts.size === 0) return page
  const moods = page.measures.get('sentiment')?.slice() ?? new Float64Array(page.length).fill(Number.NaN)
  const ratings = page.measures.get('rating')
  for (const [row, text] of page.texts) {
    const rating = ratings?.[row] ?? null
    const voice = { id: page.idOf(row), text, rating: Number.isNaN(rating) ? null : rating }
    moods[row] = sentimentOf(voice)?.score ?? Number.NaN
  }
  return { ...page, measures: new Map([...page.measures, ['sentiment', moods]]) }
}
