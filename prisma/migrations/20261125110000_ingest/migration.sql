-- CreateTable
CREATE TABLE "to_judge" (
    "id" BIGSERIAL NOT NULL,
    "customer" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "held_until" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "to_judge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ingest_answer" (
    "sender" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "answer" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ingest_answer_pkey" PRIMARY KEY ("sender","key")
);

-- CreateIndex
CREATE INDEX "ingest_answer_at_idx" ON "ingest_answer"("at");
