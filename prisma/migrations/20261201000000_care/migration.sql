-- Automated care that leaves for customers, and e-mail to staff whom no chat reaches.
-- CreateTable
CREATE TABLE "care" (
    "id" UUID NOT NULL,
    "customer" UUID NOT NULL,
    "alert" UUID,
    "kind" TEXT NOT NULL,
    "occasion" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "step" TEXT,
    "batch" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "left_at" TIMESTAMPTZ(3),
    "withheld" TEXT,

    CONSTRAINT "care_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mailed_call" (
    "action" UUID NOT NULL,
    "person" TEXT NOT NULL,
    "notice" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mailed_call_pkey" PRIMARY KEY ("action","person")
);

-- CreateIndex
CREATE INDEX "care_batch_idx" ON "care"("batch");

-- CreateIndex
CREATE INDEX "care_alert_idx" ON "care"("alert");

-- CreateIndex
CREATE INDEX "care_at_idx" ON "care"("at");

-- CreateIndex
CREATE UNIQUE INDEX "care_customer_occasion_key" ON "care"("customer", "occasion");

-- CreateIndex
CREATE INDEX "mailed_call_at_idx" ON "mailed_call"("at");
