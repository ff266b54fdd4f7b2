#!/bin/sh
# What scripts/upgrade.sh does to the data in the volume, in a container without a network (docs/decisions/0026).
# The old data is copied and renamed, and nothing else: no program opens it.
# Usage: upgrade-postgres look|check|upgrade|back|drop|delete-kept
set -eu
# shellcheck source=docker/postgres/cluster.sh
. /usr/local/lib/cluster.sh

# The major of MAJOR/docker or MAJOR/kept, other than the one that this image runs.
other() {
  for folder in "$volume"/*/"$1"; do
    [ ! -d "$folder" ] || [ "$folder" = "$PGDATA" ] || basename "${folder%/*}"
  done | head -n 1
}

old=$(other docker)
old_data=$volume/$old/docker
old_programs=/usr/lib/postgresql/$old/bin
new_programs=/usr/lib/postgresql/$major/bin

# One line: MAJOR PLACED OLD KEPT MEGABYTES FREE SINCE. What an interrupted upgrade left is free, since the next one begins by removing it.
look() {
  [ ! -e "$volume/PG_VERSION" ] ||
    refuse "The volume itself is a cluster of PostgreSQL $(cat "$volume/PG_VERSION"), which is no place that an upgrade starts from." "Move all that is in the volume to a folder $(cat "$volume/PG_VERSION")/docker in it, then run this again."
  kept=$(other kept)
  if [ -d "$PGDATA" ]; then placed=yes; else placed=no; fi
  if [ -n "$kept" ]; then data=$volume/$kept/kept; else data=$old_data; fi
  free=$(df -Pm "$volume" | awk 'NR == 2 { print $4 }')
  rest=$(megabytes "$unfinished")
  since=$(stat --format %Z "$volume/$kept/kept" 2>/dev/null || echo 0)
  echo "$major $placed ${old:-none} ${kept:-none} $(megabytes "$data") $((free + rest)) $(date --utc --date "@$since" '+%Y-%m-%d %H:%M UTC')"
}

megabytes() { if [ -d "$1" ]; then du -sm "$1" | cut -f 1; else echo 0; fi; }

require_old_programs() {
  [ -x "$old_programs/postgres" ] ||
    refuse "The data is of PostgreSQL $old, and this image comes from $(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 ! -name "$major" -printf '%f ')only." "Upgrade in steps, with a release whose image comes from $old."
}

# run_pg_upgrade FROM TO OPTION…
run_pg_upgrade() {
  cd /tmp
  from=$1
  to=$2
  shift 2
  pg_upgrade --old-bindir "$old_programs" --old-datadir "$from" --new-datadir "$to" --username postgres --socketdir /tmp "$@"
}

# While the old server runs, in the other container: its socket is in its file system, and the volume is read-only here.
check() {
  require_old_programs
  ln -s /proc/1/root/run/postgresql /run/postgresql
  init_cluster /tmp/new
  run_pg_upgrade "$old_data" /tmp/new --check
}

# serve MAJOR FOLDER: for this container only.
serve() {
  served=$2
  "/usr/lib/postgresql/$1/bin/pg_ctl" --pgdata "$2" --wait --timeout 86400 --silent \
    --options "-c listen_addresses='' -c unix_socket_directories=/tmp -c archive_mode=off -c autovacuum=off" start
}

end_service() {
  [ -z "${served:-}" ] || pg_ctl --pgdata "$served" --wait --timeout 86400 --silent --mode fast stop
  served=
}

ask() { psql --host /tmp --username postgres --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 "$@"; }

databases() { ask --dbname postgres --command 'SELECT datname FROM pg_database WHERE datallowconn ORDER BY datname'; }

# What must be the same before and after. The whole of each table is read, and its checksums with it.
facts() {
  ask --dbname postgres <<'SQL'
SELECT 'role', r.rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls, rolconnlimit,
  rolvaliduntil, md5(rolpassword), setdatabase, setconfig FROM pg_authid r LEFT JOIN pg_db_role_setting ON setrole = r.oid
  WHERE rolname !~ '^pg_' ORDER BY r.rolname, setdatabase;
SELECT 'member', member::regrole, roleid::regrole FROM pg_auth_members ORDER BY 2, 3;
SELECT 'database', datname, datdba::regrole, encoding, datlocprovider, datlocale FROM pg_database ORDER BY datname;
SQL
  databases | while IFS= read -r database; do
    echo "in $database"
    PGOPTIONS='-c search_path= -c enable_indexscan=off -c enable_indexonlyscan=off' ask --dbname "$database" <<'SQL'
SELECT 'extension', extname FROM pg_extension ORDER BY extname;
SELECT 'large objects', count(*) FROM pg_largeobject_metadata;
CREATE TEMPORARY VIEW own AS SELECT oid::regclass AS name, relkind FROM pg_class
  WHERE relpersistence <> 't' AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'pg_toast', 'information_schema') ORDER BY oid::regclass::text;
SELECT format('SELECT %L, count(*) FROM %s', name, name) FROM own WHERE relkind IN ('r', 'm') \gexec
SELECT format('SELECT %L, last_value, is_called FROM %s', name, name) FROM own WHERE relkind = 'S' \gexec
SELECT relkind, count(*) FROM own GROUP BY relkind ORDER BY relkind;
SQL
  done
}

# PostgreSQL 17.12 stamps columns with an option, which its own pg_dump leaves out and that of 18.6 does not, so that restoring fails.
drop_stamps() {
  ! grep -q pg_attver "$new_programs/pg_dump" || return 0
  databases | while IFS= read -r database; do
    ask --dbname "$database" --command "UPDATE pg_attribute SET attoptions = nullif(ARRAY(SELECT o FROM unnest(attoptions) o WHERE o NOT LIKE 'pg_attver=%'), '{}')
      WHERE array_to_string(attoptions, ',') LIKE '%pg_attver=%'" </dev/null
  done
}

# Where the new major knows another Unicode, pg_upgrade names what depends on it: "In database: NAME", then lines "(oid=NUMBER) NAME".
rebuild_indexes() {
  cat "$1"/pg_upgrade_output.d/*/unicode_dependent_rels.txt 2>/dev/null | sed -n 's/^In database: /d /p; s/.*(oid=\([0-9]*\)).*/o \1/p' |
    while read -r kind value; do
      [ "$kind" != d ] || { database=$value; continue; }
      printf "SELECT format('REINDEX INDEX %%s', oid::regclass) FROM pg_class WHERE oid = %s AND relkind = 'i' %s\n" "$value" '\gexec' |
        ask --dbname "$database" --echo-queries
    done
  rm -rf "$1/pg_upgrade_output.d"
}

# Complete, compared and with statistics before it comes to its place.
make_new_data() {
  require_old_programs
  trap 'end_service || true; rm -rf "$unfinished"' EXIT
  rm -rf "$unfinished"
  mkdir -p "$unfinished"
  cp --archive --reflink=auto "$old_data" "$unfinished/copy"
  rm -f "$unfinished/copy/postmaster.pid"
  # The old server brings in what a crash left in its log.
  serve "$old" "$unfinished/copy"
  facts >/tmp/before
  drop_stamps
  end_service
  init_cluster "$unfinished/new"
  run_pg_upgrade "$unfinished/copy" "$unfinished/new" --link --retain || explain_failure
  # What ALTER SYSTEM has set.
  cp "$old_data/postgresql.auto.conf" "$unfinished/new/"
  serve "$major" "$unfinished/new"
  rebuild_indexes "$unfinished/new"
  facts >/tmp/after
  diff /tmp/before /tmp/after >&2 || refuse "The new data differs from the old, as shown above." "Report it with this log; the old data is as it was."
  vacuumdb --host /tmp --username postgres --all --analyze-in-stages --missing-stats-only
  end_service
  trap - EXIT
  put "$unfinished/new" "$PGDATA"
  awk -F '|' '/^r\|/ { tables += $2 } END { print "Compared " tables + 0 " tables" }' /tmp/after
}

explain_failure() {
  grep -h -i -A 2 'error:\|fatal' "$unfinished/new"/pg_upgrade_output.d/*/log/*.log | cut -c1-300 | head -n 20 >&2
  exit 1
}

# put FROM TO: a rename that is on the disk when this returns.
put() {
  mv --no-target-directory "$1" "$2"
  sync "${2%/*}"
}

# From here on the major of this image is the only one that a server can start on.
set_others_aside() {
  while [ -n "$(other docker)" ]; do
    name=$(other docker)
    put "$volume/$name/docker" "$volume/$name/kept"
  done
}

drop() { rm -rf "$unfinished"; }

# Half of what is being deleted is nothing to go back to, so it first loses its name.
delete_kept() {
  [ -d "$PGDATA" ] || [ -n "$old" ] || refuse "What is kept is the only data in the volume." "Bring it back instead: npm run upgrade -- --back"
  for folder in "$volume"/*/kept; do
    [ -d "$folder" ] || continue
    rm -rf "${folder%/*}/unfinished"
    put "$folder" "${folder%/*}/unfinished"
    rm -rf "${folder%/*}/unfinished"
    rmdir "${folder%/*}" 2>/dev/null || true
  done
}

case $1 in
  look) look ;;
  check) check ;;
  upgrade)
    hold_volume
    [ -d "$PGDATA" ] || make_new_data
    drop
    set_others_aside
    ;;
  back)
    hold_volume
    [ -d "$PGDATA" ] || put "$volume/$major/kept" "$PGDATA"
    set_others_aside
    ;;
  drop) drop ;;
  delete-kept) delete_kept ;;
esac
