import type { Block, View } from '../src/chat/card.ts'
import type { QualityFinding } from '../src/features/completeness.ts'
import { percentReached as percent } from '../src/text.ts'
import { capital, speaker } from './language.ts'
import { LIMITS, shown } from './limits.ts'
import { number } from './numbers.ts'

/** How many rows carry each field, in each group the emptiest first. */
export function fieldBlocks(
  quality: readonly Pick<QualityFinding, 'target' | 'fields'>[],
  { locale }: View,
): Block[] {
  const t = speaker(locale)
  const rows = quality.flatMap(({ fields, target }) => fields.map((field) => ({ field, target })))
  if (rows.length === 0) return []
  const table: Block = {
    kind: 'table',
    columns: t('字段|有值|行数|目标', 'Field|Filled|Rows|Target').split('|'),
    rows: rows.slice(0, MOST_FIELDS).map(({ field, target }) => ({
      cells: [
        capital(shown(field.label[locale], LIMITS.field)),
        percent(field.filled / field.of),
        number(field.of, locale),
        t(`${percent(target)} 以上`, `above ${percent(target)}`),
      ],
    })),
  }
  const more = rows.length - MOST_FIELDS
  return more > 0
    ? [
        table,
        {
          kind: 'note',
          text: t(`还有 ${more} 个字段，见 foreshock doctor。`, `${more} more fields: foreshock doctor.`),
        },
      ]
    : [table]
}

const MOST_FIELDS = 30
