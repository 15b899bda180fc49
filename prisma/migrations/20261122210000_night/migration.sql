-- What the next night compares with, without reading bodies. Older rows have none: they differ once.
ALTER TABLE "assessment" ADD COLUMN "standing" BIGINT, ADD COLUMN "factors" BIGINT;

-- A night's numbers as bytes, in PostgreSQL's own order (the greatest first): a million of them as arrays took seconds
-- to write as text and to read back. EXTERNAL: not packed, so that one customer's bytes are read without all others'.
ALTER TABLE "score_run"
  ADD COLUMN "customer_bytes" BYTEA,
  ADD COLUMN "score_bytes" BYTEA,
  ADD COLUMN "priority_bytes" BYTEA,
  ADD COLUMN "tier_bytes" BYTEA;
UPDATE "score_run" run SET
  "customer_bytes" = packed.customers,
  "score_bytes" = packed.scores,
  "priority_bytes" = packed.priorities,
  "tier_bytes" = packed.tiers
FROM (
  SELECT id,
    coalesce(string_agg(int4send(no), ''::bytea ORDER BY no) FILTER (WHERE no IS NOT NULL), ''::bytea) AS customers,
    -- A number too small for four bytes is nothing, one too great the greatest there is.
    coalesce(string_agg(float4send((CASE WHEN abs(score) < 1e-37 THEN 0 ELSE score END)::float4), ''::bytea
      ORDER BY no) FILTER (WHERE no IS NOT NULL), ''::bytea) AS scores,
    coalesce(string_agg(float4send((CASE WHEN abs(priority) < 1e-37 THEN 0 ELSE least(priority, 3e38) END)::float4),
      ''::bytea ORDER BY no) FILTER (WHERE no IS NOT NULL), ''::bytea) AS priorities,
    coalesce(string_agg(set_byte('\x00'::bytea, 0,
      coalesce(array_position(ARRAY['P0', 'P1', 'P2', 'watch', 'routine'], tier), 5) - 1), ''::bytea ORDER BY no)
      FILTER (WHERE no IS NOT NULL), ''::bytea) AS tiers
  FROM "score_run" LEFT JOIN LATERAL unnest("customers", "scores", "priorities", "tiers")
    AS one(no, score, priority, tier) ON TRUE
  GROUP BY id
) packed WHERE packed.id = run.id;
ALTER TABLE "score_run"
  DROP COLUMN "customers", DROP COLUMN "scores", DROP COLUMN "priorities", DROP COLUMN "tiers";
ALTER TABLE "score_run" RENAME COLUMN "customer_bytes" TO "customers";
ALTER TABLE "score_run" RENAME COLUMN "score_bytes" TO "scores";
ALTER TABLE "score_run" RENAME COLUMN "priority_bytes" TO "priorities";
ALTER TABLE "score_run" RENAME COLUMN "tier_bytes" TO "tiers";
ALTER TABLE "score_run"
  ALTER COLUMN "customers" SET NOT NULL, ALTER COLUMN "customers" SET STORAGE EXTERNAL,
  ALTER COLUMN "scores" SET NOT NULL, ALTER COLUMN "scores" SET STORAGE EXTERNAL,
  ALTER COLUMN "priorities" SET NOT NULL, ALTER COLUMN "priorities" SET STORAGE EXTERNAL,
  ALTER COLUMN "tiers" SET NOT NULL, ALTER COLUMN "tiers" SET STORAGE EXTERNAL;
