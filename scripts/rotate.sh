#!/bin/sh
# Replaces secrets of the running production stack; no request fails meanwhile (docs/decisions/0023).
# Usage: sh scripts/rotate.sh database|token-secrets|signing-key
. "$(dirname "$0")/lib/prepare.sh"
. scripts/lib/secrets.sh

what=${1:-}
tag=$(setting TAG latest)
. scripts/lib/rollout.sh
. scripts/lib/releases.sh
folder=$(secrets_folder)

running() { docker ps --quiet --filter label=com.docker.compose.project="$(project_name)" --filter label=com.docker.compose.service="$1"; }

# require_same SERVICE NAME…: that it runs, and reads the very files which are about to change.
require_same() {
  service=$1
  shift
  [ -n "$(running "$service")" ] ||
    die "The service $service of the project \"$(project_name)\" is not running, and secrets are replaced under running services only." "Start the stack: docker compose -f compose/base.yml -f compose/prod.yml up -d"
  for name; do
    [ -s "$folder/$name" ] || die "There is no secret $folder/$name." "Bring it back from your copy of $folder, or see: npm run doctor"
  done
  for container in $(running "$service"); do
    [ "$(read_inside "$service" "$container" "$@" 2>/dev/null)" = "$(cd "$folder" && cat "$@")" ] ||
      die "The container of $service has other secrets than $folder: a file was replaced after the container was made, or this is the development stack." "Make the containers anew (docker compose -f compose/base.yml -f compose/prod.yml up -d --force-recreate), then run this again."
  done
}

# read_inside SERVICE CONTAINER NAME…: the images of the services have no shell, that of the database has no Node.
read_inside() {
  reader=$1
  container=$2
  shift 2
  case $reader in
    db) docker exec --workdir /run/secrets "$container" cat "$@" ;;
    *) docker exec "$container" node --print 'process.argv.slice(1).map((name) => fs.readFileSync("/run/secrets/" + name, "utf8")).join("")' "$@" ;;
  esac
}

# shellcheck disable=SC2046,SC2086 # Lists of names.
refuse_other_stacks() {
  case $what in
    database)
      require_same db $(printf '%s_password ' $roles)
      require_same auth auth_app_password
      require_same api api_app_password
      # A database that an earlier release has started has no sidecar.
      [ -z "$(running backup)" ] || require_same backup replication_password
      ;;
    token-secrets)
      require_same auth auth_secret verification_token_secret reset_password_token_secret
      require_same api api_secret
      ;;
  esac
}

# ── database ──

# While pg_authid is locked, nobody's password can be looked up: whoever connects now waits. Those who were asked for a password
# before answer with the old one, and are waited for. Then the files and the roles change, and who waited finds both new.
# The session ends by itself, and changes nothing, when it is not told to go on at once.
open_session() {
  cat <<SQL
SET track_activities = off; SET log_min_duration_statement = -1; SET log_min_error_statement = panic;
SET lock_timeout = '400ms'; SET idle_in_transaction_session_timeout = '1s';
BEGIN;
$(for role in $roles; do printf "ALTER ROLE finity_%s PASSWORD '%s';\n" "$role" "$(cat "$work/$role.new")"; done)
LOCK TABLE pg_authid IN ACCESS EXCLUSIVE MODE;
DO \$\$ BEGIN
  FOR attempt IN 1..30 LOOP
    PERFORM pg_stat_clear_snapshot();
    EXIT WHEN NOT EXISTS (SELECT FROM pg_stat_get_activity(NULL) WHERE state = 'starting' AND wait_event_type IS DISTINCT FROM 'Lock');
    PERFORM pg_sleep(0.01);
  END LOOP;
END \$\$;
SELECT 'locked';
SQL
}

rotate_database() {
  db=$(running db | head -n 1)
  for role in $roles; do
    cat "$folder/${role}_password" >"$work/$role.old"
    random_secret >"$work/$role.new"
    chmod u+w "$folder/${role}_password"
  done
  mkfifo "$work/session" "$work/answer"
  docker exec --interactive "$db" psql --username postgres --dbname postgres --no-psqlrc --quiet --tuples-only --no-align \
    --set ON_ERROR_STOP=1 <"$work/session" >"$work/answer" 2>"$work/complaint" &
  session=$!
  exec 8>"$work/session" 7<"$work/answer"
  open_session >&8
  # Its only line is "locked".
  read -r _ <&7 || die "PostgreSQL did not let its roles be changed: $(last_line "$work/complaint" 200)" "Nothing is changed. Run this again when no backup or dump holds the roles."
  put_passwords new
  echo 'COMMIT;' >&8
  exec 8>&-
  wait "$session" || true
  passwords_work && return
  put_passwords old
  passwords_work || die "The database and $folder do not agree." "Run this again: it sets both anew."
  die "PostgreSQL did not take the new passwords: $(last_line "$work/complaint" 200)" "Nothing is changed. Run this again."
}

# Nobody can sign in meanwhile, so it starts no program.
put_passwords() {
  for role in $roles; do
    IFS= read -r password <"$work/$role.$1" || true
    write_over "$folder/${role}_password" "$password"
  done
}

# shellcheck disable=SC2086 # A list of names.
passwords_work() {
  docker exec "$db" sh -c '
    for role; do
      PGPASSWORD=$(cat "/run/secrets/${role}_password") psql --host 127.0.0.1 --username "finity_$role" --dbname postgres --command "" || exit 1
    done' sh $roles
}

# ── token secrets ──

# Every process knows the new secret before any of them uses it. The last one stays behind it, for what it made.
rotate_token_secrets() {
  for name in $token_secrets; do
    chmod u+w "$folder/$name"
    head -n 1 "$folder/$name" | tr -d '\r\n' >"$work/$name.old"
    random_secret >"$work/$name.new"
    write_generations "$name" old new
  done
  wait_until_read
  for name in $token_secrets; do write_generations "$name" new old; done
  wait_until_read
}

write_generations() { write_over "$folder/$1" "$(cat "$work/$1.$2")
$(cat "$work/$1.$3")"; }

# Services look at the files once a second (services/kit/src/env/read-secret.ts).
wait_until_read() { sleep 2; }

# In a container of its own: in the service's it would take the processor from the service.
reseal() { compose_prod run --rm --no-deps --quiet-pull auth admin.js reseal-signing-keys; }

case $what in
  signing-key) exec sh scripts/auth.sh rotate-signing-key ;;
  database | token-secrets) ;;
  *) die "There is nothing called \"$what\" to rotate." "Name it: npm run rotate -- database (or token-secrets, signing-key)" ;;
esac

! engine_is_elsewhere ||
  die "The secrets are on the engine's host, and this is another." "Run this there: docs/RUNBOOK.md, \"Release from elsewhere\"."
printf '\nFinity: rotation of %s\n\n' "$what"
step "What runs" refuse_other_stacks
take_lock "rotation of $what"
umask 077
work=$(mktemp -d "$folder/.rotation.XXXXXX")
finish() {
  stop_ticker
  rm -rf "$work"
  for name in $made_secrets; do chmod 444 "$folder/$name"; done
}
trap finish EXIT
if [ "$what" = database ]; then
  step "Passwords of the roles" rotate_database
else
  # First too: a run that was interrupted may have left keys under the secret that goes now.
  step "Signing keys" retry 5 reseal
  step "Token secrets" rotate_token_secrets
  step "Signing keys under the new secret" retry 5 reseal
  printf '\n  What the last secrets made is accepted until the next rotation. After a leak, rotate twice.\n'
fi
printf '\n  Done. Copy %s to your safe place again.\n\n' "$folder"
