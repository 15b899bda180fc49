-- CreateTable
CREATE TABLE "customer_attribute" (
    "customer" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "xid" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,

    CONSTRAINT "customer_attribute_pkey" PRIMARY KEY ("customer","name","valid_from")
);

-- CreateIndex
CREATE INDEX "customer_attribute_xid_idx" ON "customer_attribute"("xid");

-- Since when what stands there was known has not been kept. At the latest it was the last pull: earlier dates see none of it.
INSERT INTO customer_attribute (customer, name, value, valid_from)
SELECT c.id, a.key, a.value, coalesce(
  (SELECT max(pulled_at) FROM source_state), (SELECT max(at) FROM event), '1970-01-01T00:00:00Z')
FROM customer c CROSS JOIN LATERAL jsonb_each(c.attributes) a;
