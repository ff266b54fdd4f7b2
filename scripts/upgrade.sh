#!/bin/sh
# Brings the database's data to the PostgreSQL of a release. The data of before stays, for the way back (docs/decisions/0026).
# Usage: sh scripts/upgrade.sh [TAG], sh scripts/upgrade.sh --back [TAG] [--yes], or sh scripts/upgrade.sh --delete-old [--yes]
. "$(dirname "$0")/lib/prepare.sh"
. scripts/lib/rollout.sh
. scripts/lib/releases.sh
. scripts/lib/preflight.sh

action=upgrade
verb="upgrade --"
sure=
tag=$(setting TAG latest)
for argument; do
  case $argument in
    --back) action=back verb="upgrade -- --back" ;;
    --delete-old) action=delete-old ;;
    --yes) sure=yes ;;
    -*) die "There is no option \"$argument\"." "Use: npm run upgrade -- [TAG], npm run upgrade -- --back [TAG], or npm run upgrade -- --delete-old" ;;
    *) tag=$argument ;;
  esac
done

compose() { TAG=$tag docker compose -f compose/base.yml -f "compose/$overlay.yml" "$@"; }

# Production and development differ in their files and images; what runs says which it is.
find_stack() {
  db=$(containers_of db | head -n 1)
  [ -n "$db" ] ||
    die "The project \"$(project_name)\" has no container of a database." "Start the stack: npm run up, or in production docker compose -f compose/base.yml -f compose/prod.yml up -d; then run this again."
  case $(docker inspect --format '{{index .Config.Labels "com.docker.compose.project.config_files"}}' "$db") in
    *prod.yml*) overlay=prod ;;
    *) overlay=dev ;;
  esac
  volume=$(docker inspect --format '{{range .Mounts}}{{if eq .Destination "/var/lib/postgresql"}}{{.Name}}{{end}}{{end}}' "$db")
  runs=$(docker inspect --format '{{.Config.Image}}' "$db")
  runs_major=$(postgres_major "$db")
  image=$(compose config --images db)
  upgrade_image=${image%:*}-upgrade:${image##*:}
}

# The development image has Node as well as that of auth.
tool_image() { if [ "$overlay" = dev ]; then echo finity-dev; else image_of auth; fi; }

get_images() {
  case $overlay-$action in
    *-delete-old) ;;
    dev-back) compose build db ;;
    dev-upgrade)
      compose build db
      docker buildx bake --progress plain --set "postgres-upgrade.tags=$upgrade_image" postgres-upgrade
      ;;
    prod-back) require_images '' "$image" "$(tool_image)" ;;
    prod-upgrade) require_images "default postgres-upgrade" "$image" "$upgrade_image" "$(tool_image)" ;;
  esac
}

# work WORD IMAGE OPTION…
work() {
  word=$1
  with=$2
  shift 2
  docker run --rm --name "$worker" --network none --read-only --cap-drop ALL --security-opt no-new-privileges:true \
    --memory 512m --memory-swap 512m --pids-limit 192 --tmpfs /tmp:size=256m,mode=1777,noexec,nosuid,nodev \
    "$@" --entrypoint upgrade-postgres "$with" "$word"
}
on_data() { work "$1" "$2" --init --volume "$volume:/var/lib/postgresql"; }

# What a killed run left at work goes first: the lock says that nobody waits for it.
look() {
  docker rm --force "$worker" >/dev/null 2>&1 || true
  work look "$1" --volume "$volume:/var/lib/postgresql:ro" >"$state/data"
}

is_healthy() { [ "$(docker inspect --format '{{if .State.Health}}{{.State.Health.Status}}{{end}}' "$db")" = healthy ]; }

refuse_what_cannot_be() {
  [ "$old" -lt "$major" ] ||
    die "The data is of PostgreSQL $old, and $image runs $major." "Name the release that it shall go to: npm run upgrade -- TAG. The way back from an upgrade: npm run upgrade -- --back TAG"
  [ "$kept" = none ] ||
    die "The data of PostgreSQL $kept is still kept from an upgrade before." "Delete it, when it is needed no more: npm run upgrade -- --delete-old"
  [ "$free" -ge "$needed" ] ||
    die "The disk of the data has $free MB free, and the upgrade needs $needed MB: as much as the data, a tenth more, and 512 MB." "Free some space ('docker system prune' removes what no container uses), then run this again. Nothing is changed."
}

# While the database runs; where it does not, the upgrade itself begins with these checks, and ends with them if need be.
check_live() {
  work check "$upgrade_image" --pid "container:$db" --tmpfs /run:uid=999,gid=999,size=1m --volume "$volume:/var/lib/postgresql:ro" ||
    die "PostgreSQL $major cannot take over this data: $(awk '/ ok$/ { text = ""; next } { text = text " " $0 } END { print text }' "$log" | tr -s ' ' | cut -c2-400)" "Mend what it names in the running database, then run this again. Nothing is changed."
}

# Runs when the upgrade ends before the new data is in its place.
give_up() {
  status=$?
  stop_ticker
  trap - EXIT
  docker rm --force "$worker" >/dev/null 2>&1 || true
  on_data drop "$image" || true
  [ "$runs_major" != "$old" ] || docker start "$db" >/dev/null
  printf '\n  ✗ Not upgraded. The data of PostgreSQL %s is as it was' "$old" >&2
  if [ "$runs_major" = "$old" ]; then
    printf ', and its server starts again.\n' >&2
  else
    printf '.\n    To go on with it, start the release before: TAG in .env, then docker compose -f compose/base.yml -f compose/%s.yml up -d\n' "$overlay" >&2
  fi
  printf '    To upgrade, run the same command again: it begins anew.\n\n' >&2
  exit "$status"
}

start_db() { compose up --detach --no-deps --no-build --pull never --wait db; }

# The planner's statistics came along; these are what autovacuum goes by.
analyze() { docker exec "$(containers_of db)" vacuumdb --username postgres --all --analyze-only --quiet; }

upgrade() {
  if [ "$old" = none ]; then
    [ "$placed" = yes ] || die "There is no data yet." "Start the stack, which makes it."
    # A run that was killed at its end has left the start of the server.
    if [ "$kept" = none ] || [ "$runs_major" = "$major" ]; then
      printf '\n  Nothing to do: the data is of PostgreSQL %s.\n\n' "$major"
      return
    fi
    old=$kept
  else
    [ "$placed" = yes ] || look_first
    stopped_at=$(date +%s)
    trap give_up EXIT
    step "Stop" docker stop "$db"
    step "From PostgreSQL $old to $major" on_data upgrade "$upgrade_image"
    compared=$(sed -n 's/^Compared //p' "$log")
    trap stop_ticker EXIT
  fi
  step "PostgreSQL $major" start_db
  [ -z "${stopped_at:-}" ] || away="; the database was away for $(($(date +%s) - stopped_at))s"
  step "Statistics" analyze
  explain
}

look_first() {
  needed=$((size + size / 10 + 512))
  step "Room for a copy ($size MB)" refuse_what_cannot_be
  ! is_healthy || step "Checks of pg_upgrade" check_live
  printf '\n  The database stops now. The services stay up and answer 503 until PostgreSQL %s has taken over.\n\n' "$major"
}

explain() {
  back_tag=' TAG'
  [ "$runs_major" != "$old" ] || back_tag=" ${runs##*:}"
  [ "$overlay" = prod ] || back_tag=", in a checkout that has PostgreSQL $old"
  cat <<TEXT

  PostgreSQL $major runs, with the rows, sequences, roles and passwords that $old had${compared:+ ($compared, each row counted)}.
  Took $(($(date +%s) - started_at))s${away:-}.

  The data of $old is kept as it was ($size MB). When all is well: npm run upgrade -- --delete-old
  The way back to it, without what is written from now on: npm run upgrade -- --back$back_tag

TEXT
  if [ "$overlay" = prod ] && [ "$tag" != "$(setting TAG latest)" ]; then printf '  Next: npm run deploy -- %s\n\n' "$tag"; fi
}

back() {
  [ "$kept" != none ] || { [ "$placed" = yes ] && [ "$old" != none ]; } ||
    die "There is nothing to go back to: no data of another PostgreSQL is kept." "Restore a backup, if the data of before is needed."
  if [ "$kept" != "$major" ] && [ "$old" = none ]; then
    die "The data that is kept is of PostgreSQL $kept, and $image runs $major." "Name the release before, or build its images: npm run upgrade -- --back TAG"
  fi
  [ -n "$sure" ] || confirm "This goes back to the data as it was at the upgrade, $since: what was written since then is out of sight, and kept until --delete-old" back "sh scripts/upgrade.sh --back $tag"
  step "Stop" docker stop "$db"
  step "Back to the data of PostgreSQL $major" on_data back "$image"
  step "PostgreSQL $major" start_db
  printf '\n  PostgreSQL %s runs on its data of %s. Took %ss.\n  What was written since is kept: npm run upgrade -- --delete-old\n\n' "$major" "$since" "$(($(date +%s) - started_at))"
}

delete_old() {
  if [ "$kept" = none ]; then
    printf '\n  Nothing to delete: no data of another PostgreSQL is kept.\n\n'
    return
  fi
  [ -n "$sure" ] || confirm "This deletes the data of PostgreSQL $kept that is kept from $since, and with it the way back" delete "sh scripts/upgrade.sh --delete-old"
  step "Delete" on_data delete-kept "$runs"
  printf '\n  The data of PostgreSQL %s is deleted (%s MB).\n\n' "$kept" "$size"
}

started_at=$(date +%s)
worker=$(project_name)-upgrade
printf '\nFinity: PostgreSQL\n\n'
step "Engine" refuse_old_engine
find_stack
step "Images" get_images
take_lock "$action of the database"
case $action in
  upgrade) with=$upgrade_image ;;
  back) with=$image ;;
  delete-old) with=$runs ;;
esac
step "The data" look "$with"
read -r major placed old kept size free since <"$state/data"
case $action in
  upgrade) upgrade ;;
  back) back ;;
  delete-old) delete_old ;;
esac
