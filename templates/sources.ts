import type { Block, Template, View } from '../src/chat/card.ts'
import type { QualityFinding } from '../src/features/completeness.ts'
import type { PullReport } from '../src/records/pull-report.ts'
import type { SourceType } from '../src/sources/source.ts'
import { same, type Text, text } from '../src/text.ts'
import { speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { maskedContacts } from './mask.ts'
import { number } from './numbers.ts'
import { fieldBlocks } from './source-fields.ts'
import { duration, moment } from './times.ts'

/** How one source stands. */
export interface SourceLine {
  readonly name: string
  /** Null: it is no longer in the configuration. */
  readonly kind: SourceType | null
  /** Null: never, or it is not pulled but sends of itself. */
  readonly pulledAt: Date | null
  readonly report: PullReport | null
  /** Since when it is being read; absent: it is not. */
  readonly readingSince?: Date | null
  /** Rows in quarantine. */
  readonly refused: number
}

export interface SourcesCardData {
  readonly lines: readonly SourceLine[]
  /** How whole the data is, a sentence a part. */
  readonly quality: readonly Pick<QualityFinding, 'ok' | 'says' | 'target' | 'fields'>[]
}

/** Where data comes from, and how each stands. */
export const sourcesCard: Template<SourcesCardData> = ({ lines, quality }, view) => {
  const { locale } = view
  const t = speaker(locale)
  const failing = lines.filter(isFailing).length
  const title =
    failing === 0
      ? t('数据源', 'Sources')
      : t(`${failing} 个数据源读不到`, `${failing} ${failing === 1 ? 'source' : 'sources'} cannot be read`)
  return withinLimits({
    accent: failing > 0 ? 'P1' : 'neutral',
    title,
    subtitle: t(`共 ${lines.length} 个`, `${lines.length} in all`),
    blocks: [
      {
        kind: 'table',
        columns: t(
          '数据源|方式|最近读取|新增和变更|未能采用|状态',
          'Source|Kind|Last read|New and changed|Not usable|State',
        ).split('|'),
        rows: lines.slice(0, MOST).map((line) => ({
          cells: [
            shown(line.name, LIMITS.cell),
            kindWords(line, view),
            line.pulledAt === null ? '—' : moment(line.pulledAt, view),
            line.report === null ? '—' : number(line.report.created + line.report.changed, locale),
            number(line.refused, locale),
            stateWords(line, view),
          ],
          command: `sources ${line.name}`,
        })),
      },
      ...quality.map(
        ({ ok, says }): Block => ({
          kind: 'note',
          text: `${ok ? '' : t('未达标：', 'Below target: ')}${shown(says[locale], LIMITS.field)}`,
        }),
      ),
      ...fieldBlocks(quality, view),
    ],
    buttons: [],
    fallback: title,
  })
}

const MOST = 30

export interface SourceCardData {
  readonly line: SourceLine
  readonly refused: readonly {
    readonly file: string
    readonly line: number
    readonly reason: string
    readonly zh: string | null
  }[]
}

/** One source: what its last pull did, and which rows could not be used. Their contents stay where they are. */
export const sourceCard: Template<SourceCardData> = ({ line, refused }, view) => {
  const { locale } = view
  const t = speaker(locale)
  const name = shown(line.name, LIMITS.name)
  const { report } = line
  const title = t(zh`数据源 ${name}`, `Source ${name}`)
  const failure = report?.says?.[locale] ?? report?.failure ?? null
  return withinLimits({
    accent: isFailing(line) ? 'P1' : 'neutral',
    title,
    subtitle: stateWords(line, view),
    blocks: [
      ...(failure === null ? [] : [{ kind: 'text' as const, text: shown(failure, LIMITS.quote) }]),
      {
        kind: 'fields',
        fields: [
          { label: t('方式', 'Kind'), value: kindWords(line, view) },
          {
            label: t('最近读取', 'Last read'),
            value: line.pulledAt === null ? '—' : moment(line.pulledAt, view),
          },
          ...(report === null ? [] : counts(report, view)),
          { label: t('未能采用的行', 'Rows not usable'), value: number(line.refused, locale) },
        ],
      },
      ...(refused.length === 0 ? [] : [rowsBlock(refused, view), mendNote(line, refused.length, view)]),
    ],
    buttons: [],
    fallback: `${title} · ${stateWords(line, view)}`,
  })
}

function counts({ rows, created, changed, removed, merged = 0 }: PullReport, { locale }: View) {
  const t = speaker(locale)
  return [
    { label: t('读到的行', 'Rows read'), value: number(rows, locale) },
    {
      label: t('新增 / 变更 / 移除', 'New / changed / removed'),
      value: [created, changed, removed].map((count) => number(count, locale)).join(' / '),
    },
    ...(merged === 0
      ? []
      : [{ label: t('合并的重复客户', 'Duplicates merged'), value: number(merged, locale) }]),
  ]
}

function rowsBlock(refused: SourceCardData['refused'], { locale }: View): Block {
  return {
    kind: 'table',
    columns: speaker(locale)('位置|原因', 'Where|Why').split('|'),
    rows: refused.map(({ file, line, reason, zh: chinese }) => ({
      cells: [
        shown(line === 0 ? file : `${file}:${line}`, 48),
        shown(maskedContacts(locale === 'zh' ? (chinese ?? reason) : reason), 160),
      ],
    })),
  }
}

function mendNote({ kind, refused }: SourceLine, listed: number, { locale }: View): Block {
  const t = speaker(locale)
  const more = refused > listed ? t(`只列出前 ${listed} 行。`, `The first ${listed} are listed. `) : ''
  const how =
    kind === 'webhook'
      ? t(
          '改好映射后，每次读取都会再试这些行；也可以改好后重发。',
          'Each pull tries these rows again once the mapping is mended; or send them again, mended.',
        )
      : kind === 'file'
        ? t(
            '改好文件或映射后，下次读取会再试。',
            'Once the file or the mapping is mended, the next pull tries again.',
          )
        : t(
            '在原系统里改好这些行，或改好映射，下次读取会再试。',
            'Once the rows are mended where they come from, or the mapping is, the next pull tries again.',
          )
  return { kind: 'note', text: `${more}${how}` }
}

function kindWords({ kind }: SourceLine, { locale }: View): string {
  return (kind === null ? text('配置里已没有', 'no longer configured') : KINDS[kind])[locale]
}

const KINDS: Readonly<Record<SourceType, Text>> = {
  file: text('文件', 'files'),
  singer: text('Singer', 'Singer tap'),
  sql: text('数据库', 'database'),
  webhook: text('推送', 'webhook'),
  hubspot: same('HubSpot'),
  intercom: same('Intercom'),
  salesforce: same('Salesforce'),
  zendesk: same('Zendesk'),
}

function isFailing({ kind, report }: SourceLine): boolean {
  return kind !== null && (report?.failure ?? null) !== null
}

function stateWords(line: SourceLine, view: View): string {
  const t = speaker(view.locale)
  const { readingSince: since = null } = line
  if (since === null) return restingWords(line, view)
  const taken = duration(+view.now - +since, view.locale)
  const reading = t(zh`正在读取，已有${taken}`, `being read for ${taken}`)
  return isFailing(line)
    ? t(zh`${restingWords(line, view)}；${reading}`, `${restingWords(line, view)}; ${reading}`)
    : reading
}

/** While it is not being read. */
function restingWords(line: SourceLine, view: View): string {
  const t = speaker(view.locale)
  if (isFailing(line)) {
    const since = line.report?.failingSince ?? null
    if (since === null) return t('读不到', 'cannot be read')
    const down = duration(+view.now - Date.parse(since), view.locale)
    return t(zh`读不到，已有${down}`, `cannot be read for ${down}`)
  }
  if (line.kind === null) return '—'
  if (line.kind === 'webhook') return t('等对方推送', 'sends of itself')
  return line.pulledAt === null ? t('还没读过', 'not read yet') : t('正常', 'fine')
}
