-- CreateTable
CREATE TABLE "outside_event" (
    "id" UUID NOT NULL,
    "no" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "first" DATE NOT NULL,
    "last" DATE NOT NULL,
    "by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "outside_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "outside_event_no_key" ON "outside_event"("no");

-- CreateIndex
CREATE INDEX "outside_event_last_idx" ON "outside_event"("last");

-- CreateIndex: entered twice, it stands once.
CREATE UNIQUE INDEX "outside_event_same_key" ON "outside_event"("kind", "title", "first", "last");

ALTER TABLE "outside_event" ADD CONSTRAINT "outside_event_kind" CHECK ("kind" IN ('holiday', 'promotion', 'outage', 'other'));
ALTER TABLE "outside_event" ADD CONSTRAINT "outside_event_days" CHECK ("first" <= "last");
