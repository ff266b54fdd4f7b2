-- CreateTable
CREATE TABLE "ended_session" (
    "id" UUID NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ended_session_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ended_session_ended_at_idx" ON "ended_session"("ended_at");

-- Whatever ends a session, also the deletion of its account, is noted here in the same transaction.
-- A session that nobody refreshed for a day has no access token left: the pruning of old sessions is no news.
CREATE FUNCTION "note_ended_session"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "ended_session" ("id", "ended_at") VALUES (OLD."id", clock_timestamp()) ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

CREATE TRIGGER "session_ended" AFTER DELETE ON "session" FOR EACH ROW
    WHEN (OLD."refreshed_at" > now() - interval '1 day')
    EXECUTE FUNCTION "note_ended_session"();
