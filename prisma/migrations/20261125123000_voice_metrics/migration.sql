-- CreateTable
CREATE TABLE "theme" (
    "id" UUID NOT NULL,
    "no" SERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "department" TEXT,
    "owner" TEXT,
    "due" DATE,
    "by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "done_by" TEXT,
    "fixed" TEXT,

    CONSTRAINT "theme_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "theme_no_key" ON "theme"("no");

-- A topic is mended by one at a time.
CREATE UNIQUE INDEX "theme_open_key" ON "theme"("topic") WHERE "done_at" IS NULL;

-- Somebody has it, and what is done says when, by whom and what.
ALTER TABLE "theme" ADD CONSTRAINT "theme_whose" CHECK ("department" IS NOT NULL OR "owner" IS NOT NULL);
ALTER TABLE "theme" ADD CONSTRAINT "theme_done" CHECK (
    num_nulls("done_at", "done_by", "fixed") IN (0, 3)
);
