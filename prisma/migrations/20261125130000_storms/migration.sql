-- CreateTable
CREATE TABLE "storm" (
    "id" UUID NOT NULL,
    "no" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "site" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "hot_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,
    "cause" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "owner" TEXT,
    "claimed_at" TIMESTAMPTZ(3),
    "figures" JSONB NOT NULL,

    CONSTRAINT "storm_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "storm_child" (
    "storm" UUID NOT NULL,
    "alert" UUID NOT NULL,
    "customer" UUID NOT NULL,
    "voice" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "told_at" TIMESTAMPTZ(3),

    CONSTRAINT "storm_child_pkey" PRIMARY KEY ("storm","alert")
);

-- CreateIndex
CREATE UNIQUE INDEX "storm_no_key" ON "storm"("no");

-- CreateIndex
CREATE INDEX "storm_started_at_idx" ON "storm"("started_at");

-- CreateIndex
CREATE INDEX "storm_child_alert_idx" ON "storm_child"("alert");

-- One storm of a series runs at a time, however many look for it.
CREATE UNIQUE INDEX "storm_running_key" ON "storm"("kind", "key", "site", "what") WHERE "ended_at" IS NULL;
