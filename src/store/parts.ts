import { FIELDS } from './customer-fields.ts'
import { presentAttributes } from './ingest-attributes.ts'
import { XID } from './rows.ts'

/**
 * Merged customers are put together from what was said of their parts: what was said last stands, and of consent to be
 * contacted a no, whoever said it. Both statements take customers (their ids) and write only what differs.
 */

/** Columns of `customer`; how many customers changed. Comes after their attributes. */
export const FOLD_FIELDS = `
  WITH said AS (
    SELECT DISTINCT ON (p.customer, f.key) p.customer, f.key, f.value
    FROM customer_part p CROSS JOIN LATERAL jsonb_each(p.fields) f WHERE p.customer = ANY ($1::uuid[])
    ORDER BY p.customer, f.key, f.key = 'contact_consent' AND f.value = 'true'::jsonb, p.at DESC, p.no DESC),
  folded AS (
    SELECT o.id, f.* FROM unnest($1::uuid[]) AS o (id)
    LEFT JOIN (SELECT customer, jsonb_object_agg(key, value) AS fields FROM said GROUP BY customer) s ON s.customer = o.id
    CROSS JOIN LATERAL (
      SELECT ${FIELDS.map((name) => `r.${name}`).join(', ')}, ${presentAttributes('o.id')} AS attributes
      FROM jsonb_populate_record(NULL::customer, coalesce(s.fields, '{}')) r) f)
  UPDATE customer c SET (${FIELDS.join(', ')}, attributes, xid) = (
    SELECT ${FIELDS.map((name) => `f.${name}`).join(', ')}, f.attributes, ${XID})
  FROM folded f WHERE c.id = f.id AND (${[...FIELDS, 'attributes'].map((name) => `c.${name}`).join(', ')})
    IS DISTINCT FROM (${[...FIELDS, 'attributes'].map((name) => `f.${name}`).join(', ')})`

/** What their attributes were. */
export const FOLD_ATTRIBUTES = `
  WITH told AS (
    SELECT DISTINCT ON (p.customer, a.name, a.valid_from) p.customer, a.name, a.value, a.valid_from
    FROM customer_part p JOIN part_attribute a ON a.customer = p.id WHERE p.customer = ANY ($1::uuid[])
    ORDER BY p.customer, a.name, a.valid_from, p.at DESC, p.no DESC),
  gone AS (
    DELETE FROM customer_attribute a WHERE a.customer = ANY ($1::uuid[]) AND NOT EXISTS (
      SELECT FROM told t WHERE t.customer = a.customer AND t.name = a.name AND t.valid_from = a.valid_from))
  INSERT INTO customer_attribute AS a (customer, name, value, valid_from, xid)
  SELECT customer, name, value, valid_from, (SELECT ${XID}) FROM told
  ON CONFLICT (customer, name, valid_from) DO UPDATE SET value = excluded.value, xid = excluded.xid
  WHERE a.value IS DISTINCT FROM excluded.value`
