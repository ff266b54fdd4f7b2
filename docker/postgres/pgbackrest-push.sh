#!/bin/sh
# PostgreSQL's archive_command: pgbackrest-push %p. pgBackRest wants its name in there. The key is read each time, so that it stands in
# no setting and no argument. What it complains of becomes a line of the log as the others are.
set -eu
PGBACKREST_REPO1_CIPHER_PASS=$(cat /run/secrets/backup_key)
export PGBACKREST_REPO1_CIPHER_PASS
said=$(pgbackrest --config=/etc/finity/pgbackrest.conf --stanza=finity --pg1-path="$PGDATA" archive-push "$1" 2>&1) && exit 0
status=$?
printf '{"service":"db","level":"error","msg":"the log was not archived","segment":"%s","said":"%s"}\n' "${1##*/}" "$(printf '%s' "$said" | tr '"\\\n\t' "'/  " | cut -c1-500)"
exit "$status"
