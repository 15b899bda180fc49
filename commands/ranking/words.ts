import { ForeshockError, type Hint } from '../../src/errors.ts'
import { nearest, suggestion } from '../../src/nearest.ts'
import { ownValue } from '../../src/own-value.ts'
import { clip, text } from '../../src/text.ts'
import { GROUPINGS, type Grouping } from '../../templates/groups.ts'

export interface TopWords {
  /** How many customers, or groups, are asked for. */
  readonly count: number
  readonly page: number
  /** A tier, store, region, segment or person the list is narrowed to, or several of these; null: everyone. */
  readonly only: string | null
  /** Set: groups of customers instead of customers. */
  readonly by: Grouping | null
}

const MOST = 200

/** How people call what a list is grouped by. */
const SPELLINGS: Readonly<Record<string, Grouping>> = {
  ...Object.fromEntries(GROUPINGS.map((grouping) => [grouping, grouping])),
  site: 'store',
  csm: 'owner',
  客群: 'segment',
  分层: 'segment',
  门店: 'store',
  区域: 'region',
  地区: 'region',
  负责人: 'owner',
  客户经理: 'owner',
  产品: 'product',
  车型: 'product',
}

/**
 * Reads `20`, `P0 虹桥店`, `by store`, `20 虹桥店 page 2`, in any order of parts.
 *
 * @throws ForeshockError BAD_INPUT
 */
export function parseTop(words: string): TopWords {
  const page = /(?:^|\s)page\s+(\d{1,4})\s*$/i.exec(words)
  const parts = (page === null ? words : words.slice(0, page.index)).trim().split(/\s+/).filter(Boolean)
  const by = takeGrouping(parts)
  const number = parts.findIndex((part) => /^-?\d+$/.test(part))
  const count = number < 0 ? 20 : Number(parts[number])
  if (count < 1 || count > MOST) throw wrongCount(count)
  const only = parts
    .filter((_, index) => index !== number)
    .join(' ')
    .slice(0, 80)
  return {
    count,
    page: page === null ? 1 : Math.max(1, Number(page[1])),
    only: only === '' ? null : only,
    by,
  }
}

/** Takes `by store` or `按门店` out of the parts. */
function takeGrouping(parts: string[]): Grouping | null {
  const at = parts.findIndex((part) => /^by$/i.test(part) || part.startsWith('按'))
  if (at < 0) return null
  const glued = parts[at]!.startsWith('按') ? parts[at]!.slice(1) : ''
  const said = glued === '' ? (parts[at + 1] ?? '') : glued
  const grouping = ownValue(SPELLINGS, said.toLowerCase())
  if (grouping === undefined) throw unknownGrouping(said)
  parts.splice(at, glued === '' ? 2 : 1)
  return grouping
}

function unknownGrouping(said: string): ForeshockError {
  const near = nearest(said, Object.keys(SPELLINGS))
  const groupings = `Group by ${GROUPINGS.join(', ')}, such as`
  const known: Hint = {
    ...text('按客群、门店、区域、负责人或产品分组，例如 top by store。', `${groupings} top by store.`),
    shell: `${groupings} \`foreshock top by store\`.`,
  }
  return new ForeshockError(
    'BAD_INPUT',
    said === ''
      ? text('没写按什么分组。', 'Group by what?')
      : text(`不能按“${clip(said, 40)}”分组。`, `Customers cannot be grouped by "${clip(said, 40)}".`),
    said === '' || near === null ? known : suggestion(`by ${near}`),
  )
}

function wrongCount(count: number): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    text(`不能列出 ${count} 位客户。`, `A list of ${count} customers is not possible.`),
    text(`请填 1 到 ${MOST} 之间的数，例如 top 20。`, `Give a number from 1 to ${MOST}, such as top 20.`),
  )
}
