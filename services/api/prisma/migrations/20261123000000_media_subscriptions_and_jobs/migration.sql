-- CreateEnum
CREATE TYPE "media_state" AS ENUM ('uploading', 'stored');

-- CreateEnum
CREATE TYPE "variant_state" AS ENUM ('none', 'pending', 'ready', 'failed');

-- CreateEnum
CREATE TYPE "subscription_status" AS ENUM ('active', 'past_due', 'ended');

-- CreateEnum
CREATE TYPE "payment_provider" AS ENUM ('manual', 'stripe');

-- DropIndex
DROP INDEX "document_owner_id_updated_at_id_idx";

-- AlterTable
ALTER TABLE "document" ADD COLUMN     "tags" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "trashed_at" TIMESTAMPTZ(3),
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "document_media" (
    "document_id" UUID NOT NULL,
    "media_id" UUID NOT NULL,
    "attached_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "document_media_pkey" PRIMARY KEY ("document_id","media_id")
);

-- CreateTable
CREATE TABLE "media" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "alt_text" VARCHAR(1000) NOT NULL DEFAULT '',
    "media_type" VARCHAR(100) NOT NULL DEFAULT 'application/octet-stream',
    "size_bytes" BIGINT NOT NULL,
    "sha256" BYTEA,
    "state" "media_state" NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "variant_state" "variant_state" NOT NULL DEFAULT 'none',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "media_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "media_variant" (
    "media_id" UUID NOT NULL,
    "kind" VARCHAR(20) NOT NULL,
    "media_type" VARCHAR(100) NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "sha256" BYTEA NOT NULL,

    CONSTRAINT "media_variant_pkey" PRIMARY KEY ("media_id","kind")
);

-- CreateTable
CREATE TABLE "usage" (
    "account_id" UUID NOT NULL,
    "documents" INTEGER NOT NULL DEFAULT 0,
    "storage_bytes" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "subscription" (
    "account_id" UUID NOT NULL,
    "plan" VARCHAR(20) NOT NULL,
    "status" "subscription_status" NOT NULL,
    "provider" "payment_provider" NOT NULL,
    "customer_id" VARCHAR(255),
    "provider_subscription_id" VARCHAR(255),
    "current_period_end" TIMESTAMPTZ(3),
    "cancel_at_period_end" BOOLEAN NOT NULL DEFAULT false,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "payment_event" (
    "id" VARCHAR(255) NOT NULL,
    "kind" VARCHAR(100) NOT NULL,
    "customer_id" VARCHAR(255),
    "payload" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "handled_at" TIMESTAMPTZ(3),

    CONSTRAINT "payment_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "account_id" UUID NOT NULL,
    "key" VARCHAR(255) NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "answer" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("account_id","key")
);

-- CreateTable
CREATE TABLE "deleted_account" (
    "account_id" UUID NOT NULL,
    "deleted_at" TIMESTAMPTZ(3) NOT NULL,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "deleted_account_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "account_feed" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "position" BIGINT NOT NULL,
    "account_id" UUID NOT NULL,

    CONSTRAINT "account_feed_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "document_media_media_id_idx" ON "document_media"("media_id");

-- CreateIndex
CREATE INDEX "media_state_created_at_idx" ON "media"("state", "created_at");

-- CreateIndex
CREATE INDEX "media_deleted_at_idx" ON "media"("deleted_at");

-- CreateIndex
CREATE UNIQUE INDEX "subscription_customer_id_key" ON "subscription"("customer_id");

-- CreateIndex
CREATE INDEX "payment_event_received_at_id_idx" ON "payment_event"("received_at" DESC, "id");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- AddForeignKey
ALTER TABLE "document_media" ADD CONSTRAINT "document_media_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document_media" ADD CONSTRAINT "document_media_media_id_fkey" FOREIGN KEY ("media_id") REFERENCES "media"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "media_variant" ADD CONSTRAINT "media_variant_media_id_fkey" FOREIGN KEY ("media_id") REFERENCES "media"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a list shows of the content, so that a page of documents does not read their whole texts.
ALTER TABLE "document" ADD COLUMN "excerpt" TEXT GENERATED ALWAYS AS (left("content", 200)) STORED;

-- The words of a text. Punctuation is no part of one: PostgreSQL's parser would take README.md or an address for one word, and < b > for markup.
CREATE FUNCTION "words_of"("text" TEXT) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN strip(to_tsvector('simple', regexp_replace("text", '[!-/:-@[-`{-~]', ' ', 'g')));

-- Asks for all words of a text, each as the beginning of one; null when it has none, which finds nothing.
CREATE FUNCTION "words_asked"("text" TEXT) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT string_agg('''' || "word" || ''':*', ' & ') FROM unnest(tsvector_to_array("words_of"("text"))) "word")::tsquery;

-- A whole tag in lower case, as a word that no text has.
CREATE FUNCTION "tag_word"("tag" TEXT) RETURNS TEXT
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '#' || lower("tag");

CREATE FUNCTION "tag_asked"("tag" TEXT) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ('''' || replace(replace("tag_word"("tag"), '\', '\\'), '''', '''''') || '''')::tsquery;

-- A tsvector holds a megabyte at most: of longer contents the beginning is searched.
CREATE FUNCTION "document_search"("title" TEXT, "tags" TEXT[], "content" TEXT) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN "words_of"("title" || ' ' || array_to_string("tags", ' ') || ' ' || left("content", 200000))
    || array_to_tsvector(ARRAY(SELECT "tag_word"("tag") FROM unnest("tags") "tag"));

ALTER TABLE "document"
  ADD COLUMN "search" tsvector GENERATED ALWAYS AS ("document_search"("title", "tags", "content")) STORED;

-- The owner inside the index, so that few words of others are read. Without a list of pending entries, which now and then one
-- writer would have to work off for all, for seconds.
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE INDEX "document_search_idx" ON "document" USING gin ("owner_id", "search") WITH (fastupdate = off) WHERE "trashed_at" IS NULL;

-- One for each order of the list, with the trash apart.
CREATE INDEX "document_by_change_idx" ON "document" ("owner_id", "updated_at" DESC, "id" DESC) WHERE "trashed_at" IS NULL;
CREATE INDEX "document_by_creation_idx" ON "document" ("owner_id", "created_at" DESC, "id" DESC) WHERE "trashed_at" IS NULL;
CREATE INDEX "document_by_title_idx" ON "document" ("owner_id", lower("title"), "id") WHERE "trashed_at" IS NULL;
CREATE INDEX "document_trash_idx" ON "document" ("owner_id", "trashed_at" DESC, "id" DESC) WHERE "trashed_at" IS NOT NULL;
CREATE INDEX "document_trashed_at_idx" ON "document" ("trashed_at") WHERE "trashed_at" IS NOT NULL;
CREATE INDEX "media_by_creation_idx" ON "media" ("owner_id", "created_at" DESC, "id" DESC) WHERE "state" = 'stored' AND "deleted_at" IS NULL;

INSERT INTO "usage" ("account_id", "documents") SELECT "owner_id", count(*) FROM "document" GROUP BY "owner_id";
