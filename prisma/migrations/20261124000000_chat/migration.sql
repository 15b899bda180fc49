-- AlterTable
ALTER TABLE "card" ADD COLUMN     "issue" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "posted_at" TIMESTAMPTZ(3),
ADD COLUMN     "previous" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "outbox" ADD COLUMN     "reason" TEXT,
ADD COLUMN     "repeated" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "tried_at" TIMESTAMPTZ(3),
ADD COLUMN     "unclear" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "inbox" (
    "id" UUID NOT NULL,
    "chat" TEXT NOT NULL,
    "workspace" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3),
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "seq" BIGSERIAL NOT NULL,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chat_user" (
    "chat" TEXT NOT NULL,
    "workspace" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "name" TEXT,
    "person" TEXT,
    "how" TEXT,
    "linked_at" TIMESTAMPTZ(3),
    "code" TEXT,
    "code_until" TIMESTAMPTZ(3),
    "asked_at" TIMESTAMPTZ(3),

    CONSTRAINT "chat_user_pkey" PRIMARY KEY ("chat","workspace","account")
);

-- CreateTable
CREATE TABLE "chat_channel" (
    "chat" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,
    "left_at" TIMESTAMPTZ(3),

    CONSTRAINT "chat_channel_pkey" PRIMARY KEY ("chat","channel")
);

-- CreateTable
CREATE TABLE "chat_pause" (
    "chat" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chat_pause_pkey" PRIMARY KEY ("chat","channel")
);

-- CreateIndex
CREATE UNIQUE INDEX "inbox_seq_key" ON "inbox"("seq");

-- CreateIndex
CREATE INDEX "inbox_state_received_at_idx" ON "inbox"("state", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "inbox_chat_workspace_event_key" ON "inbox"("chat", "workspace", "event");

-- CreateIndex
CREATE INDEX "chat_user_person_idx" ON "chat_user"("person");

-- CreateIndex
CREATE UNIQUE INDEX "chat_user_code_key" ON "chat_user"("code");


-- What is still to be worked on is little, whatever is kept: the oldest event of each account is found at once.
CREATE INDEX "inbox_waiting_idx" ON "inbox"("account", "seq") WHERE "state" = 'waiting';

-- Put aside, until someone tries again.
CREATE INDEX "outbox_dead_idx" ON "outbox"("card") WHERE "state" = 'dead';

-- Linked means to someone.
ALTER TABLE "chat_user" ADD CONSTRAINT "chat_user_linked" CHECK (("person" IS NULL) = ("linked_at" IS NULL));
