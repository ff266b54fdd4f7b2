#!/bin/sh
# In strict mode commits wait for the second copy of the log. When whoever keeps it has not answered for so long, nobody waits for it
# any more: the sidecar may be dead, so the server looks itself. The sidecar steps up again.
# Usage: step-down SECONDS
set -eu
question="SELECT count(*) FROM pg_settings WHERE name = 'synchronous_standby_names' AND setting <> '' AND pg_postmaster_start_time() < now() - interval '$1 s'
  AND NOT EXISTS (SELECT FROM pg_stat_replication WHERE application_name = 'finity_wal_tail' AND reply_time > now() - interval '$1 s')"
ask() { psql --no-psqlrc --quiet --tuples-only --no-align --username postgres --dbname postgres "$@"; }
while sleep 1; do
  [ "$(ask --command "$question" 2>/dev/null)" = 1 ] || continue
  # A commit would wait for the very copy that is away; neither of these makes one.
  ask --command 'ALTER SYSTEM RESET synchronous_standby_names' --command 'SELECT pg_reload_conf()' >/dev/null &&
    echo "{\"service\":\"db\",\"level\":\"error\",\"code\":\"STEPPED_DOWN\",\"msg\":\"the second copy of the log has not answered for $1 s: commits no longer wait for it\"}"
done
