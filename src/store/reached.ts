import { Prisma } from './generated/client.ts'

/**
 * When somebody first reached the customer of a case (alias `a`), as SQL; null: nobody has. The case itself forgets it where a
 * worse tier asks for another call, but that first one was made, took its time and cost what it cost.
 */
export const REACHED_AT = Prisma.sql`coalesce((
  SELECT min(did.at) FROM (
    SELECT x.verb, x.at, lead(x.verb) OVER (ORDER BY x.seq) AS next FROM action x WHERE x.alert = a.id) did
  WHERE did.verb = 'contacted' AND did.next IS DISTINCT FROM 'undo'), a.contacted_at)`
