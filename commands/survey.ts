import { DAY } from '../src/clock.ts'
import type { Command } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import { churnKinds } from '../src/features/reported-kinds.ts'
import { heldOut } from '../src/judging/held-out.ts'
import type { UnheardList } from '../src/reports/unheard.ts'
import { clip, text } from '../src/text.ts'
import { SURVEY_PAGE, surveyCard } from '../templates/survey.ts'
import { dataAgeHours, moneyView } from './case/customer.ts'
import { answer, nameOf } from './case/move.ts'
import { pageRead } from './case/page.ts'
import { personCalled } from './people/called.ts'

export interface SurveyWords {
  /** A store, region, product or person, as typed; null: everyone. */
  readonly only: string | null
  readonly page: number
}

export const survey: Command<SurveyWords> = {
  name: 'survey',
  summary: text(
    '该去问问谁：还在、却很久没有反馈的客户，价值高的在前',
    'Whom to ask: customers who are still here and have said nothing for long, by their value',
  ),
  usage: 'survey [STORE | REGION | PRODUCT | OWNER]',
  role: 'csm',
  parse: parseSurvey,
  run: async (ctx, request) => {
    const { only, page: wanted } = request.args
    const days = await quietDays(ctx)
    const { list, page, pages } = await pageRead(wanted, SURVEY_PAGE, (part) => unheard(ctx, only, part))
    if (list.active === 0 && only !== null) throw nobodyThere(only)
    return answer(ctx, request, surveyCard, {
      ...list,
      asked: only ?? '',
      days,
      rows: list.rows.map((row) => ({ ...row, ownerName: nameOf(ctx, row.owner) })),
      page,
      pages,
      money: moneyView(ctx),
      dataAgeHours: await dataAgeHours(ctx),
    })
  },
}

/** Customers nobody has heard from, narrowed by some words; asking somebody who is held out would be contacting them. */
export async function unheard(
  ctx: Context,
  only: string | null,
  page: { readonly skip: number; readonly take: number },
): Promise<UnheardList> {
  const now = ctx.clock.now()
  const since = new Date(+now - (await quietDays(ctx)) * DAY)
  return ctx.store.unheard.list({
    ...{ since, now, churn: churnKinds(ctx.profile) },
    ...{ only: only === null ? null : meant(ctx, only), except: [...(await heldOut(ctx)).keys()], ...page },
  })
}

export function parseSurvey(words: string): SurveyWords {
  const [, said = '', page] = /^(.*?)(?:(?:^|\s)page\s+(\d{1,4}))?$/is.exec(words.trim()) ?? []
  const only = said.trim().slice(0, 80)
  return { only: only === '' ? null : only, page: Math.max(1, Number(page ?? 1)) }
}

async function quietDays(ctx: Context): Promise<number> {
  return Number((await ctx.settings()).value('survey.days'))
}

/** A person is known by name too; everything else is looked for as it was typed. */
function meant(ctx: Context, only: string): string {
  return personCalled(ctx, only)?.id ?? only
}

function nobodyThere(only: string): ForeshockError {
  return new ForeshockError(
    'NOT_FOUND',
    text(
      `没有现有客户的门店、区域、产品或负责人叫“${clip(only, 40)}”。`,
      `No present customer has the store, region, product or owner "${clip(only, 40)}".`,
    ),
    text('写名称或其中一部分，或只输入 survey。', 'Write the name or a part of it, or survey alone.'),
  )
}
