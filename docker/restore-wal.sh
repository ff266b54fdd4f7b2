#!/bin/sh
# PostgreSQL's restore_command: restore-wal %f %p. The repository first, then what the receiver wrote, whole or as far as it came.
# The end of the log is where none of them has the next segment.
set -eu
pgbackrest --config=/etc/finity/pgbackrest.conf --stanza=finity --pg1-path="$PWD" archive-get "$1" "$2" && exit 0
tail=${WAL_TAIL_DIR:-/wal-tail}
for found in "$tail/$1" "$tail/$1.partial"; do
  [ -s "$found" ] || continue
  cp "$found" "$2"
  exit 0
done
exit 1
