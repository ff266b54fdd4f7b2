#!/bin/sh
# PostgreSQL's archive_command: pgbackrest-push %p. pgBackRest wants its name in there. The key is read each time, so that it stands in no setting and no argument.
set -eu
PGBACKREST_REPO1_CIPHER_PASS=$(cat /run/secrets/backup_key)
export PGBACKREST_REPO1_CIPHER_PASS
exec pgbackrest --config=/etc/finity/pgbackrest.conf --stanza=finity --pg1-path="$PGDATA" archive-push "$1"
