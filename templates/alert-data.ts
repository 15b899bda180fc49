import type { Alert, Verb } from '../src/alerts/alert.ts'
import type { Fallen } from '../src/alerts/fallen.ts'
import type { RelapseReason } from '../src/alerts/follow-up.ts'
import type { Plays } from '../src/features/profile.ts'
import type { Standing } from '../src/risk/standing.ts'
import type { Text } from '../src/text.ts'
import type { CustomerFacts } from '../src/timeline/history.ts'
import type { Trends } from './charts.ts'
import type { Offer } from './grant.ts'
import type { MoneyView } from './numbers.ts'
import type { Deadlines } from './playbook.ts'

/** Everything the card of a case may show. */
export interface AlertCardData {
  readonly alert: Alert
  readonly customer: CustomerFacts
  /** To what the customer's risk has come down since; null or absent: it stands. */
  readonly fallen?: Fallen | null
  /** Who claimed it; null while nobody has. */
  readonly ownerName: Text | null
  /** Who answers for the customer: their CSM, the CSM's lead, the regional manager. */
  readonly people: {
    readonly csmName: Text | null
    readonly leadName: Text | null
    readonly managerName: Text | null
  }
  readonly money: MoneyView
  /** Verbs a person may use now, in the order the buttons stand. */
  readonly nextStates: readonly Verb[]
  readonly dataAgeHours: number
  /** The earlier case of the same customer, with what was noted then, and why its watch did not hold; null: it ended otherwise. */
  readonly repeatOf: {
    readonly no: number
    readonly note: string
    readonly relapse: RelapseReason | null
    /** Who kept the customer then and takes no more cases, so that somebody else is asked; null or absent: nobody. */
    readonly keptBy?: Text | null
  } | null
  /** True in channels that people outside the customer's team can read. */
  readonly maskNames: boolean
  /** Whether the customer agreed to be contacted; null: no source has said. */
  readonly contactConsent: boolean | null
  /** The note given with the last move (why dismissed, how retained). */
  readonly lastNote?: string | null
  /** The case a relapse opened. */
  readonly relapseNo?: number | null
  /** Who is asked to take it; null: whoever comes first. */
  readonly assigneeName?: Text | null
  /** Stage and groups of the customer; absent: not known. */
  readonly standing?: Standing
  /** The last months of the customer, drawn where a chat shows pictures; absent: they are not shown. */
  readonly trends?: Trends
  /** How long such a case has, as it is set now. */
  readonly deadlines: Deadlines
  /** What the industry does about a likely reason, in its own ways. */
  readonly plays: Plays | undefined
  /** When automated care left for the customer; null or absent: none has. */
  readonly caredAt?: Date | null
  /** What may be granted on such a case; absent: the profile lists nothing. */
  readonly offers?: readonly Offer[]
  /** What the outcome says was given; absent: as it was written. */
  readonly given?: Text | null
}
