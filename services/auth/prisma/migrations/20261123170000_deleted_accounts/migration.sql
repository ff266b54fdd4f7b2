-- CreateTable
CREATE TABLE "deleted_account" (
    "position" BIGSERIAL NOT NULL,
    "account_id" UUID NOT NULL,
    "deleted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deleted_account_pkey" PRIMARY KEY ("position")
);

-- CreateIndex
CREATE INDEX "user_created_at_id_idx" ON "user"("created_at" DESC, "id" DESC);

-- Whatever deletes an account is noted here in the same transaction. The lock, held until that ends, makes deletions at once wait
-- for one another: without it a higher position could be seen before a lower one, and who reads on from the highest missed one.
CREATE FUNCTION "note_deleted_account"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock('"deleted_account"'::regclass::oid::bigint);
    INSERT INTO "deleted_account" ("account_id", "deleted_at") VALUES (OLD."id", clock_timestamp());
    RETURN NULL;
END
$$;

CREATE TRIGGER "account_deleted" AFTER DELETE ON "user" FOR EACH ROW EXECUTE FUNCTION "note_deleted_account"();
