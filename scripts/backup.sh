#!/bin/sh
# Backups of the production stack, made and proven by its sidecar (docs/decisions/0028).
# Usage: sh scripts/backup.sh now [--full] | list | verify | drill | point NAME | remove LABEL | copy | fetch [--time T] | restore [--time T | --transaction X | --name N] [--set LABEL] [--timeline N] [--into NAME] [--live] [--other-schema] [--despite-gap] [--yes] | back | delete-old | export [FOLDER]
# now, list, verify, drill, copy and restore take --json.
# shellcheck disable=SC2016 # What stands in single quotes is for the shell of a container.
. "$(dirname "$0")/lib/prepare.sh"
. scripts/lib/rollout.sh

tag=$(setting TAG latest)
alone=
verb=${1:-}
[ "$#" -eq 0 ] || shift

# In a container of its own, so that it works beside the sidecar, and without it.
backup() {
  terminal=
  [ -t 0 ] && [ -t 1 ] || terminal=--no-TTY
  compose_prod ${alone:+-f compose/restore.yml} run --rm --no-deps --quiet-pull $terminal backup "$@"
}

in_data() { compose_prod run --rm --no-deps --no-TTY --quiet-pull --entrypoint sh db -c "$1"; }

# The database takes over at its start what stands ready beside its data.
take_over() {
  compose_prod up --detach --no-deps --no-build --pull never --force-recreate --wait db
}

# write_export FILE: whole under its name, or not there.
write_export() {
  compose_prod run --rm --no-deps --no-TTY --quiet-pull backup export "${1%.*}" >"$folder/.$1"
  mv "$folder/.$1" "$folder/$1"
}

# The newest data that a restore has put aside.
kept='for kept in "${PGDATA%/*}"/before-restore-*; do [ -d "$kept" ] || { echo "There is no data of before a restore." >&2; exit 1; }; newest=$kept; done'

# What was not taken over goes to where `back` has found it.
put_back() {
  [ -z "$moved" ] || in_data 'cd "${PGDATA%/*/*}/restore"; [ -d returning ] || { [ -e ready ] && rm ready && mv data returning; } || exit 0; mv returning '"$moved"
}

case $verb in
  now | list | verify | drill | point | remove | copy | fetch) backup "$verb" "$@" ;;
  restore)
    # Without these words it is refused while the database runs.
    case " $* " in *' --into'* | *' --live'*) ;; *) alone=yes ;; esac
    backup restore "$@"
    case " $* " in *' --into'*) exit 0 ;; esac
    step "Database on the restored data" take_over
    printf '\n  What was there is kept. Back: npm run backup -- back. When all is well: npm run backup -- delete-old\n\n'
    ;;
  back)
    # One that was killed has left it there, and is gone on with.
    moved=$(in_data 'to=${PGDATA%/*/*}/restore/returning; [ ! -d "$to" ] || exit 0; '"$kept"'; mv "$newest" "$to"; echo "$newest"')
    trap 'stop_ticker; put_back' EXIT
    step "Timeline of its own" backup return
    step "Database on the data of before" take_over
    trap stop_ticker EXIT
    ;;
  export)
    folder=${1:-finity-export}
    mkdir -m 700 "$folder" || die "There is something at $folder already." "Name another folder: npm run backup -- export FOLDER"
    for what in finity_auth.sql finity_db.sql media.tar; do step "$what" write_export "$what"; done
    printf '\n  %s has both databases as SQL, and the media. Read them in with: psql --file finity_db.sql DATABASE\n\n' "$folder"
    ;;
  delete-old) in_data "$kept"'; rm -rf "${PGDATA%/*}"/before-restore-*' ;;
  *) die "There is no \"backup $verb\"." "Use: npm run backup -- now, list, verify, drill, point, remove, copy, fetch, restore, back, delete-old or export" ;;
esac
