import { expect, test } from 'vitest'
import { classifyMigration, isOneTransaction } from '../src/database/classify-migration.ts'

test.each([
  'DROP TABLE "document";',
  'DROP TYPE kind;',
  'TRUNCATE document;',
  'ALTER TABLE "document" DROP COLUMN "title";',
  'alter table document drop title',
  'ALTER TABLE document ALTER COLUMN title DROP DEFAULT;',
  'ALTER TABLE document RENAME COLUMN title TO name;',
  'ALTER TABLE "document"\n  ALTER COLUMN "title" SET NOT NULL;',
  'ALTER TABLE document ALTER title TYPE varchar(20)',
  'ALTER TABLE document ALTER COLUMN title SET DATA TYPE integer',
  'ALTER TABLE document ADD COLUMN author uuid NOT NULL;',
  'ALTER TABLE document ADD CONSTRAINT short CHECK (length(title) < 20);',
  'ALTER TABLE document ADD UNIQUE (title);',
  'ALTER TABLE document ADD CHECK (length(title) < 20);',
  'ALTER TABLE document ADD FOREIGN KEY (author) REFERENCES author;',
  'ALTER TABLE document ADD PRIMARY KEY (id);',
  'ALTER TABLE "document" ENABLE ROW LEVEL SECURITY;',
  'REVOKE INSERT ON document FROM finity_api_app;',
  'CREATE UNIQUE INDEX one ON "document"("title");',
  'SELECT 1; -- harmless\n/* so far */ DROP VIEW titles;',
])('%s is a contract: the release before may need what it takes away', (sql) => {
  expect(classifyMigration(sql)).toMatchObject({ kind: 'contract', because: expect.any(String) })
})

test.each([
  'CREATE TABLE note (id uuid PRIMARY KEY, text text NOT NULL);',
  'ALTER TABLE document ADD COLUMN author uuid;',
  'ALTER TABLE document ADD COLUMN stars integer NOT NULL DEFAULT 0;',
  'ALTER TABLE document ADD COLUMN size int NOT NULL GENERATED ALWAYS AS (1) STORED;',
  'ALTER TABLE document ALTER COLUMN title DROP NOT NULL;',
  'ALTER TABLE document DROP CONSTRAINT short;',
  'ALTER TABLE document ADD COLUMN unique_name text;',
  'CREATE INDEX newest ON document (created_at);',
  'DROP INDEX newest;',
  "INSERT INTO note VALUES ('DROP TABLE note; it''s a text');",
  'CREATE FUNCTION f() RETURNS void AS $$ DROP TABLE document; $$ LANGUAGE sql;',
  '-- DROP TABLE document;\nSELECT 1;',
])('%s is an expansion', (sql) => {
  expect(classifyMigration(sql)).toEqual({ kind: 'expand' })
})

test('what a migration does to a table of its own is an expansion', () => {
  const sql = `
    CREATE TABLE "note" ("id" uuid NOT NULL);
    CREATE UNIQUE INDEX "note_id_key" ON "note"("id");
    ALTER TABLE "note" ADD CONSTRAINT "note_pkey" PRIMARY KEY ("id");
    REVOKE DELETE ON "note" FROM finity_api_app;`

  expect(classifyMigration(sql)).toEqual({ kind: 'expand' })
})

test.each([
  ['-- expand: no release has read it yet\nDROP TABLE document;', 'expand'],
  ['-- contract: the app before sends no author\nSELECT 1;', 'contract'],
])('the first line has the last word: %s', (sql, kind) => {
  expect(classifyMigration(sql).kind).toBe(kind)
})

test.each([
  ['INSERT INTO note VALUES (1); SELECT 1', true],
  [
    "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$; INSERT INTO note VALUES ('commit')",
    true,
  ],
  ['DO $$ BEGIN PERFORM 1; END $$', true],
  ['BEGIN; SELECT 1; COMMIT;', false],
  ['SELECT 1; COMMIT; SELECT 2', false],
  ['DO $$ BEGIN PERFORM 1; COMMIT; END $$', false],
  ['CALL move_in_parts()', false],
  ['CREATE INDEX CONCURRENTLY newest ON document (created_at)', false],
  ['VACUUM document', false],
])('%s is done whole or not at all: %s', (sql, whole) => {
  expect(isOneTransaction(sql)).toBe(whole)
})
