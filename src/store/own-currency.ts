/**
 * An amount of a row as SQL, null where it stands in another currency than the company's: there are no exchange rates, and
 * JPY 10,000 is not EUR 100.00. Rows that name no currency are the company's. The code comes from a checked configuration and
 * stands as a literal, so that the same words serve every statement.
 *
 * @param of table or alias whose `currency` is meant
 */
export function inOwn(currency: string, of: string, amount: 'amount_minor' | 'ltv_minor'): string {
  if (!/^[A-Z]{3}$/.test(currency)) throw new Error(`no currency: ${currency}`)
  return `CASE WHEN coalesce(${of}.currency, '${currency}') = '${currency}' THEN ${of}.${amount} END`
}
