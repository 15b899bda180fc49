-- AlterTable
ALTER TABLE "action" ADD COLUMN     "before" JSONB;

-- AlterTable
ALTER TABLE "alert" ADD COLUMN     "assignee" TEXT,
ADD COLUMN     "course" TEXT,
ADD COLUMN     "escalated" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "score_run" ADD COLUMN     "deferred" INTEGER[] DEFAULT ARRAY[]::INTEGER[];

-- CreateTable
CREATE TABLE "audit_entry" (
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "ref" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "digest" TEXT NOT NULL,
    "prev" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_entry_prev_key" ON "audit_entry"("prev");

-- CreateIndex
CREATE UNIQUE INDEX "audit_entry_kind_ref_key" ON "audit_entry"("kind", "ref");

-- What waits, in the order it is sent and card by card: a storm leaves thousands of lines.
CREATE INDEX "outbox_queued_order_idx" ON "outbox"("priority", "seq") WHERE "state" = 'queued';
CREATE INDEX "outbox_queued_card_idx" ON "outbox"("card", "seq") WHERE "state" = 'queued';
