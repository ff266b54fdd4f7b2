# shellcheck shell=sh
# The data in the volume: MAJOR/docker is what the server of that major runs on, MAJOR/unfinished is being made, and MAJOR/kept is
# what an upgrade left for the way back. Whatever stops in between, there is always a MAJOR/docker.

volume=${PGDATA%/*/*}
major=$(basename "${PGDATA%/*}")
# shellcheck disable=SC2034 # Of those that source this.
unfinished=$volume/$major/unfinished

# refuse SENTENCE REMEDY
refuse() {
  echo "$1 Remedy: $2" >&2
  exit 1
}

# One at a time: PostgreSQL's own lock is the number of a process, which means nothing in another container. The kernel holds this one
# until this process and all that it starts have ended.
hold_volume() {
  exec 9<"$volume"
  flock --nonblock 9 || refuse "Another server or an upgrade is at work on this data." "Let it end, or stop its container, then start this again."
}

# init_cluster FOLDER: an empty cluster with the settings that every cluster here has.
init_cluster() {
  rm -rf "$1"
  mkdir -p "$1"
  initdb --pgdata "$1" --username postgres --auth-local peer --auth-host scram-sha-256 --data-checksums \
    --encoding UTF8 --locale-provider builtin --builtin-locale C.UTF-8 --locale C.UTF-8
  cp /etc/finity/pg_hba.conf "$1/pg_hba.conf"
  echo "listen_addresses = '*'" >>"$1/postgresql.conf"
}
