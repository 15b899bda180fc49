import { type CareMessageData, careLocale, careMessage } from '../../templates/care.ts'
import type { Context } from '../context.ts'
import type { Address, KeptPiece } from '../store/care.ts'
import { csvOf } from './csv.ts'

/** A piece of care as it leaves. */
export interface Letter {
  /** The same for each attempt. */
  readonly key: string
  readonly kind: KeptPiece['kind']
  readonly reason: KeptPiece['cause']
  readonly decidedAt: string
  readonly customer: {
    readonly no: string
    readonly name: string | null
    readonly language: 'zh' | 'en'
    readonly phone: string | null
    readonly email: string | null
    /** What else they are known by, such as the CRM's id. */
    readonly keys: Readonly<Record<string, string>>
  }
  readonly subject: string
  readonly text: string
}

export async function lettersOf(ctx: Context, pieces: readonly KeptPiece[]): Promise<Letter[]> {
  const addresses = await ctx.store.care.addresses(pieces.map(({ customer }) => customer))
  return pieces.map((piece) => letterOf(ctx, piece, addresses.get(piece.customer)!))
}

function letterOf({ config, carePlan, profile }: Context, piece: KeptPiece, address: Address): Letter {
  const { phone = null, email = null, ...keys } = address.keys
  const language = careLocale(address.language, config.company.locale)
  const { id: key, kind, cause, step, at } = piece
  const data: CareMessageData = {
    ...{ kind, cause, step, company: config.company.name },
    ...{ plan: carePlan, plays: profile.plays },
  }
  return {
    ...{ key, kind, reason: cause, decidedAt: at.toISOString() },
    customer: { no: `C-${address.no}`, name: address.name, language, phone, email, keys },
    ...careMessage(data, language),
  }
}

const COLUMNS = 'key,kind,reason,decided_at,customer,crm,name,language,phone,email,subject,text'.split(',')

export function tableOf(letters: readonly Letter[]): string {
  return csvOf(
    COLUMNS,
    letters.map(({ key, kind, reason, decidedAt, customer, subject, text }) => [
      ...[key, kind, reason, decidedAt, customer.no, customer.keys['crm'] ?? null, customer.name],
      // A plus at the beginning would be a formula to a spreadsheet.
      ...[customer.language, customer.phone?.replace(/^\+/, '00') ?? null, customer.email, subject, text],
    ]),
  )
}

/** `care-2026-06-01-….csv`, the same for each attempt. */
export function fileName(batch: string, [first]: readonly KeptPiece[]): string {
  return `care-${first!.at.toISOString().slice(0, 10)}-${batch}.csv`
}
