-- CreateTable: what keeps an erased person from coming back with the next pull.
CREATE TABLE "erased_key" (
    "digest" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "erased_key_pkey" PRIMARY KEY ("digest")
);
