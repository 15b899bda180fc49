import type { Alert } from '../src/alerts/alert.ts'
import type { Fallen } from '../src/alerts/fallen.ts'
import type { View } from '../src/chat/card.ts'
import { isAlertTier } from '../src/risk/assessment.ts'
import { speaker, zh } from './language.ts'
import { day } from './times.ts'
import { alertNo, riskWord, TIER } from './words.ts'

/** What a case whose customer's risk has come down asks of whoever has it: nothing closes it but a person. */
export function fallenWords({ no }: Pick<Alert, 'no'>, { tier, asOf }: Fallen, view: View): string {
  const t = speaker(view.locale)
  const judged = day(asOf, view)
  const now = isAlertTier(tier) ? `${tier} ${TIER[tier][view.locale]}` : riskWord(tier, view.locale)
  return t(
    zh`${alertNo(no)} 还开着，不过风险已降为“${now}”（${judged}评估）。核实一次，没事就结案。`,
    `${alertNo(no)} is still open, though the risk has since fallen to “${now}” (judged ${judged}). Check once, and close it if all is well.`,
  )
}

/** The same beside a case in a list: " (risk now P2)"; nothing where the risk stands. */
export function riskNow(fallen: Fallen | null | undefined, view: View): string {
  if (fallen == null) return ''
  const now = isAlertTier(fallen.tier) ? fallen.tier : riskWord(fallen.tier, view.locale)
  return speaker(view.locale)(zh`（风险已降为${now}）`, ` (risk now ${now})`)
}
