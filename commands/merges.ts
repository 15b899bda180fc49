import type { Command } from '../src/command.ts'
import { mayActAs } from '../src/records/person.ts'
import { text } from '../src/text.ts'
import { MERGES_PAGE, mergesCard } from '../templates/merges.ts'
import { customerMeant } from './case/customer.ts'
import { answer, nameOf } from './case/move.ts'
import { parsePage } from './case/page.ts'
import { parseCustomer } from './case/words.ts'

export interface MergesWords {
  /** Null: everyone. */
  readonly customer: string | null
  readonly page: number
}

export const merges: Command<MergesWords> = {
  name: 'merges',
  summary: text(
    '哪些客户因为同一个手机号、邮箱等被合并，哪些在等，哪些已拆开',
    'Which customers were merged by a key they share, which wait to be, which were split',
  ),
  usage: 'merges [C-123]',
  role: 'csm',
  takes: 'customer',
  parse: parseMerges,
  run: async (ctx, request) => {
    const { customer: words, page: wanted } = request.args
    const about = words === null ? null : (await customerMeant(ctx, words)).customer
    const page = { skip: (wanted - 1) * MERGES_PAGE, take: MERGES_PAGE }
    const { total, merges: found } = await ctx.store.merges.list(about?.id ?? null, page)
    return answer(ctx, request, mergesCard, {
      about: about?.no ?? null,
      rows: found.map((merge) => ({ ...merge, byName: nameOf(ctx, merge.by)! })),
      total,
      page: wanted,
      pages: Math.max(1, Math.ceil(total / MERGES_PAGE)),
      maySplit: mayActAs(request.by.role, 'admin'),
    })
  },
}

export function parseMerges(words: string): MergesWords {
  const [, said = '', page = ''] =
    /^(.*?)((?:^|\s)(?:page\s+\d+|第?\s*\d+\s*页))?$/is.exec(words.trim()) ?? []
  const customer = said.trim() === '' ? null : parseCustomer(said, merges.usage)
  return { customer, ...parsePage(page, 'merges') }
}
