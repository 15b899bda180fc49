-- Splits once left cases that follow one of somebody else: their cards tell of that one, and whoever's case it is could get no
-- next one. They follow none now, and their cards are drawn anew.
WITH loosed AS (
  UPDATE alert a SET previous = NULL, version = a.version + 1 FROM alert b
  WHERE b.id = a.previous AND b.customer <> a.customer
  RETURNING a.id, a.version, a.tier, a.opened_at)
INSERT INTO outbox (id, card, kind, body, dedupe, priority, not_before, created_at)
SELECT gen_random_uuid(), c.id, 'card', jsonb_build_object('version', l.version),
  'card:' || c.id || ':v' || l.version || ' split', substr(l.tier, 2)::int, l.opened_at, l.opened_at
FROM loosed l JOIN card c ON c.alert = l.id;
