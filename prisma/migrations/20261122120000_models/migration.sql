-- CreateTable
CREATE TABLE "notice" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model" (
    "id" UUID NOT NULL,
    "no" SERIAL NOT NULL,
    "profile" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "onnx" BYTEA NOT NULL,
    "sidecar" JSONB NOT NULL,
    "card" TEXT NOT NULL,
    "trial" JSONB NOT NULL,

    CONSTRAINT "model_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "notice_at_idx" ON "notice"("at");

-- CreateIndex
CREATE UNIQUE INDEX "model_no_key" ON "model"("no");

-- CreateIndex
CREATE INDEX "model_profile_no_idx" ON "model"("profile", "no");
