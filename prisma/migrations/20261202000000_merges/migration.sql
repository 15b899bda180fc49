-- Customers merged by an identity key, and how to tell them apart again: which part each row is of, what was said of each
-- part, and which two were merged by which key.

ALTER TABLE "customer_key" ADD COLUMN "part" UUID;
ALTER TABLE "event" ADD COLUMN "part" UUID;
ALTER TABLE "feedback" ADD COLUMN "part" UUID;

CREATE TABLE "customer_part" (
    "id" UUID NOT NULL,
    "customer" UUID NOT NULL,
    "no" INTEGER NOT NULL,
    "fields" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_part_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "part_attribute" (
    "customer" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "xid" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,

    CONSTRAINT "part_attribute_pkey" PRIMARY KEY ("customer", "name", "valid_from")
);

CREATE TABLE "customer_merge" (
    "id" UUID NOT NULL,
    "stays" UUID NOT NULL,
    "absorbed" UUID NOT NULL,
    "stays_no" INTEGER,
    "absorbed_no" INTEGER,
    "state" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "key_kind" TEXT NOT NULL,
    "key_value" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "parts" UUID[],
    "cases" UUID[],
    "others" UUID[],

    CONSTRAINT "customer_merge_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "customer_part_no_key" ON "customer_part"("no");
CREATE INDEX "customer_part_customer_idx" ON "customer_part"("customer");
CREATE INDEX "customer_merge_stays_idx" ON "customer_merge"("stays");
CREATE INDEX "customer_merge_absorbed_idx" ON "customer_merge"("absorbed");
CREATE INDEX "customer_merge_at_idx" ON "customer_merge"("at");

ALTER TABLE "customer_merge" ADD CONSTRAINT "customer_merge_state" CHECK (state IN ('waiting', 'merged', 'apart'));

-- Few wait, among all that were ever merged.
CREATE INDEX "customer_merge_waiting" ON "customer_merge"("at", "id") WHERE state = 'waiting';
