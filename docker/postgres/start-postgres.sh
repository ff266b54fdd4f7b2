#!/bin/sh
# Makes the cluster on first start, then becomes PostgreSQL.
# The cluster is made beside its place and moved there when it is complete: a start that was killed half-way starts anew.
# Data of another major version is never passed over for an empty cluster.
set -eu
# shellcheck source=docker/postgres/cluster.sh
. /usr/local/lib/cluster.sh

refuse_other_data() {
  for file in "$volume/PG_VERSION" "$volume"/*/docker/PG_VERSION; do
    if [ ! -s "$file" ] || [ "$file" = "$PGDATA/PG_VERSION" ]; then continue; fi
    found=$(cat "$file")
    [ "${found%%.*}" -le "$major" ] ||
      refuse "The volume holds the data of PostgreSQL $found, and this image runs $major." "Start a release that has PostgreSQL $found (TAG in .env), or go back to the data of $major: npm run upgrade -- --back"
    refuse "The volume holds the data of PostgreSQL $found, and this image runs $major." "npm run upgrade (or sh scripts/upgrade.sh)"
  done
}

# read_secret NAME: the value of NAME, or of the file that NAME_FILE names; stops when there is none.
read_secret() {
  eval "value=\${$1:-} file=\${$1_FILE:-}"
  if [ -n "$value" ] && [ -n "$file" ]; then
    echo "Both $1 and $1_FILE are set: keep one of them." >&2
    exit 1
  fi
  [ -z "$file" ] || value=$(cat "$file")
  if [ -z "$value" ]; then
    echo "No password for a database role: set $1, or $1_FILE to a file that holds it." >&2
    exit 1
  fi
  printf '%s' "$value"
}

make_roles() {
  psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --dbname postgres \
    --set auth_owner="$AUTH_OWNER" --set auth_app="$AUTH_APP" --set api_owner="$API_OWNER" --set api_app="$API_APP" \
    --set replication="$REPLICATION" --set monitor="$MONITOR" --file /etc/finity/roles.sql
}

make_cluster() {
  init_cluster "$unfinished"
  pg_ctl --pgdata "$unfinished" --wait --silent --options "-c listen_addresses=''" start
  make_roles
  pg_ctl --pgdata "$unfinished" --wait --silent --mode fast stop
  mv "$unfinished" "$PGDATA"
}

# A restore stands beside the data, complete and proven (services/backup/src/restore). What was there is kept until somebody deletes it.
# One that nobody took over at once was given up: what has been written since is newer.
take_restore() {
  restored=$volume/restore/data
  if [ -d "$PGDATA" ] && [ -n "$(find "$volume/restore/ready" -mmin +60 2>/dev/null)" ]; then
    echo "A restore stands ready for longer than an hour, and is not taken over. Remedy: npm run backup -- restore, again, if it is still wanted." >&2
  elif [ -e "$volume/restore/ready" ] && [ -s "$restored/PG_VERSION" ] && [ "$(cat "$restored/PG_VERSION")" != "$major" ]; then
    echo "The restore that stands ready is of PostgreSQL $(cat "$restored/PG_VERSION"), and this image runs $major: it is not taken over." >&2
  elif [ -e "$volume/restore/ready" ] && [ -d "$restored" ]; then
    [ ! -d "$PGDATA" ] || mv "$PGDATA" "$volume/$major/before-restore-$(date --utc +%Y%m%dT%H%M%SZ)"
    mkdir -p "${PGDATA%/*}"
    mv "$restored" "$PGDATA"
  fi
  rm -f "$volume/restore/ready"
}

# What the role of the backups may do, also in clusters that are older than it.
grant_backup_rights() {
  ! cmp -s /etc/finity/backup-grants.sql "$PGDATA/finity-backup-grants.sql" || return 0
  postgres --single -D "$PGDATA" -c exit_on_error=true -c log_min_messages=error postgres </etc/finity/backup-grants.sql >/dev/null
  cp /etc/finity/backup-grants.sql "$PGDATA/finity-backup-grants.sql"
}

if [ "$1" = postgres ]; then
  refuse_other_data
  hold_volume
  # The sidecar writes there, and nowhere else in this volume.
  [ -d "$volume/restore" ] || mkdir -m 700 "$volume/restore"
  take_restore
fi

if [ "$1" = postgres ] && [ ! -s "$PGDATA/PG_VERSION" ]; then
  AUTH_OWNER=$(read_secret AUTH_OWNER_PASSWORD)
  AUTH_APP=$(read_secret AUTH_APP_PASSWORD)
  API_OWNER=$(read_secret API_OWNER_PASSWORD)
  API_APP=$(read_secret API_APP_PASSWORD)
  REPLICATION=$(read_secret REPLICATION_PASSWORD)
  MONITOR=$(read_secret MONITOR_PASSWORD)
  make_cluster
fi

# PostgreSQL writes JSON only to a file of its own collector's: this one leads to the container's log. What the server says before the
# collector runs, and what the programs say that it starts, stays as it is.
log_as_json() {
  logs=/tmp/postgres-log
  rm -rf "$logs"
  mkdir "$logs"
  exec 3>&1
  ln -s /proc/self/fd/3 "$logs/postgres.json"
  ln -s /proc/self/fd/3 "$logs/postgres.log"
}

if [ "$1" = postgres ]; then
  shift
  grant_backup_rights
  log_as_json
  # Not a child of the server's, which takes the end of a child that it does not know for a crash.
  # The sidecar lets commits wait only where somebody will end that.
  if [ "${BACKUP_MODE:-}" = strict ]; then
    (step-down "${BACKUP_STEP_DOWN_SECONDS:-10}" &)
    set -- -c finity.steps_down=on "$@"
  fi
  # Values of statements are nobody's to read in a log.
  exec postgres -c hba_file=/etc/finity/pg_hba.conf -c log_destination=jsonlog -c logging_collector=on -c log_directory="$logs" -c log_filename=postgres.log \
    -c log_rotation_age=0 -c log_rotation_size=0 -c log_min_duration_statement=500ms -c log_lock_waits=on \
    -c log_parameter_max_length=0 "$@"
fi

exec "$@"
