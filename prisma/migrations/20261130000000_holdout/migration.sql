-- Who was to get a case while a holdout ran, and which way the draw fell.
-- CreateTable
CREATE TABLE "holdout_draw" (
    "id" UUID NOT NULL,
    "customer" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "period" TEXT NOT NULL,
    "arm" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "share" DOUBLE PRECISION NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "holdout_draw_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "holdout_draw_at_idx" ON "holdout_draw"("at");

-- CreateIndex
CREATE UNIQUE INDEX "holdout_draw_customer_period_key" ON "holdout_draw"("customer", "period");

ALTER TABLE "holdout_draw" ADD CONSTRAINT "holdout_draw_arm" CHECK ("arm" IN ('held', 'contacted'));
