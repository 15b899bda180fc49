-- CreateTable
CREATE TABLE "voice_text" (
    "id" UUID NOT NULL,
    "no" SERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "channel" TEXT NOT NULL,
    "severity" INTEGER NOT NULL,
    "terms" tsvector NOT NULL,

    CONSTRAINT "voice_text_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "voice_text_no_key" ON "voice_text"("no");

-- CreateIndex
CREATE INDEX "voice_text_at_idx" ON "voice_text"("at");

-- CreateIndex
CREATE INDEX "voice_text_terms_idx" ON "voice_text" USING GIN ("terms");
