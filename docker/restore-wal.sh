#!/bin/sh
# PostgreSQL's restore_command: restore-wal %f %p. The repository first, then what the receiver wrote of this very cluster, whole or as
# far as it came, then what was put aside of it. The end of the log is where none of them has the next segment, which 1 says. What is
# there and cannot be had is no end, but with DESPITE_GAP: above 128 PostgreSQL gives up.
set -eu
damaged=255
[ -z "${DESPITE_GAP:-}" ] || damaged=1
code=0
pgbackrest --config=/etc/finity/pgbackrest.conf --stanza=finity --pg1-path="$PWD" --no-archive-async archive-get "$1" "$2" || code=$?
[ "$code" -ne 0 ] || exit 0
system=$(pg_controldata "$PWD" | sed -n 's/^Database system identifier: *//p')
for folder in "$WAL_TAIL_DIR/$system" "$WAL_TAIL_DIR/$system".before-*; do
  for found in "$folder/$1" "$folder/$1.partial"; do
    [ -s "$found" ] || continue
    cp "$found" "$2" || exit "$damaged"
    exit 0
  done
done
[ "$code" -eq 1 ] || exit "$damaged"
exit 1
