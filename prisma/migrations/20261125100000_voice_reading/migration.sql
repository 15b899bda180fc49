-- CreateTable
CREATE TABLE "voice_reading" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "customer" UUID,
    "site" TEXT,
    "product" TEXT,
    "language" TEXT NOT NULL,
    "length" INTEGER NOT NULL,
    "strength" DOUBLE PRECISION NOT NULL,
    "label" TEXT NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "topics" TEXT[],
    "topic_strengths" DOUBLE PRECISION[],
    "tags" TEXT[],
    "urgency" TEXT NOT NULL,
    "urgent_why" TEXT,
    "wish" TEXT,
    "competitor" TEXT,
    "severity" INTEGER NOT NULL,
    "words" TEXT[],
    "corrected" BOOLEAN NOT NULL,
    "xid" BIGINT NOT NULL,
    "version" TEXT NOT NULL,

    CONSTRAINT "voice_reading_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "voice_label" (
    "id" UUID NOT NULL,
    "customer" UUID,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "label" TEXT,
    "topics" TEXT[],

    CONSTRAINT "voice_label_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "voice_cursor" (
    "one" INTEGER NOT NULL DEFAULT 1,
    "version" TEXT NOT NULL,
    "mark" BIGINT NOT NULL,

    CONSTRAINT "voice_cursor_pkey" PRIMARY KEY ("one")
);

-- CreateIndex
CREATE INDEX "voice_reading_customer_at_idx" ON "voice_reading"("customer", "at");

-- CreateIndex
CREATE INDEX "voice_reading_at_idx" ON "voice_reading"("at");

-- There is one place up to which voices have been read.
ALTER TABLE "voice_cursor" ADD CONSTRAINT "voice_cursor_one" CHECK ("one" = 1);

-- A mood goes by one of three names, and an empty label says nothing.
ALTER TABLE "voice_label" ADD CONSTRAINT "voice_label_says" CHECK (
    ("label" IS NULL OR "label" IN ('negative', 'neutral', 'positive')) AND ("label" IS NOT NULL OR "topics" IS NOT NULL)
);
