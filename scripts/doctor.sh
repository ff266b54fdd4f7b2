#!/bin/sh
# Looks at this host, the settings, the secrets and the stack, and names a remedy for whatever is wrong. Changes nothing.
# The exit code is 1 when something is wrong (✗); what is only worth knowing (!) leaves it 0.
# A check is one function, called at the end: it says "good" once, or "wrong" and "note" as often as need be.
. "$(dirname "$0")/lib/prepare.sh"
. scripts/lib/ports.sh
. scripts/lib/secrets.sh
. scripts/lib/rollout.sh
. scripts/lib/releases.sh
. scripts/lib/check-secrets.sh
. scripts/lib/check-backups.sh
. scripts/lib/signatures.sh
. scripts/lib/settings.sh

wrongs=0
findings=0
good() { printf '  ✓ %-12s %s\n' "$1" "$2"; }
# note CHECK SENTENCE REMEDY
note() {
  findings=$((findings + 1))
  printf '  ! %-12s %s\n    %-12s Remedy: %s\n' "$1" "$2" '' "$3"
}
wrong() {
  wrongs=$((wrongs + 1)) findings=$((findings + 1))
  printf '  ✗ %-12s %s\n    %-12s Remedy: %s\n' "$1" "$2" '' "$3"
}

# refused CHECK COMMAND…: a verb's own precondition as a finding.
refused() {
  name=$1
  shift
  ! ("$@") >/dev/null 2>&1 || return 1
  wrong "$name" "$(sed -n 1p "$state/failure")" "$(sed -n 2p "$state/failure")"
}

runs() { case $overlays in *"$1.yml"*) true ;; *) false ;; esac; }
# Not that of a verb, which runs beside it.
container_of() {
  docker ps --quiet --filter label=com.docker.compose.project="$project" --filter label=com.docker.compose.service="$1" \
    --filter label=com.docker.compose.oneoff=False | head -n 1
}

up_command() { if runs prod; then echo 'docker compose -f compose/base.yml -f compose/prod.yml up -d'; else echo 'npm run up'; fi; }
logs_command() { up_command | sed 's/npm run up/docker compose -f compose\/base.yml -f compose\/dev.yml up -d/; s/up -d/logs/'; }

check_engine() {
  refused engine refuse_old_engine || good engine "Docker $(docker version --format '{{.Server.Version}}'), Compose $(docker compose version --short)"
}

check_images() {
  found=
  for name in node postgres caddy redis; do
    image=$(base_image $name)
    [ -z "$(stand_in_of "$image")" ] || found="$found ${image%@*}"
  done
  [ -z "$found" ] || note images "Base images were built here, because no registry answered:$found" "For development they are fine. Push no image that is built on them; where a registry answers: docker image rm$found, then npm run up"
  [ -n "$found" ] || good images "base images are the official ones"
}

check_disk() {
  if engine_is_elsewhere; then
    check_disk_elsewhere
    return
  fi
  refused disk refuse_full_disk || good disk "$(df -Pk . | awk 'NR == 2 { print int($4 / 1048576) }') GB free"
}

check_disk_elsewhere() {
  free=$(engine_free_megabytes 2>/dev/null) || free=
  if [ -z "$free" ]; then
    note disk "The engine is on another host, and nothing of the tag \"$tag\" is there yet that could look at its disk." "npm run deploy"
  elif [ "$free" -lt 3072 ]; then
    wrong disk "The engine's disk has $((free / 1024)) GB free, and 3 GB are needed." "Free some space (docker system prune removes what no container uses)."
  else
    good disk "$((free / 1024)) GB free, on the engine's host"
  fi
}

# Certificates, tokens and signatures are good for a time that every clock must agree on.
check_clock() {
  before=$findings
  engine=$(docker info --format '{{.SystemTime}}' | cut -c12-19)
  apart=$(printf '%s:%s' "$(date -u +%H:%M:%S)" "$engine" | awk -F: '{ d = ($1 - $4) * 3600 + ($2 - $5) * 60 + $3 - $6; if (d < 0) d = -d; if (d > 43200) d = 86400 - d; print d }')
  [ "$apart" -le 5 ] || wrong clock "This host and the engine are $apart seconds apart." "Set both by NTP; after sleep Docker Desktop mends itself by a restart."
  case $(timedatectl show --property NTPSynchronized --value 2>/dev/null) in
    no) note clock "No time server keeps this host's clock." "timedatectl set-ntp true" ;;
  esac
  [ "$findings" -gt "$before" ] || good clock "$(date -u '+%Y-%m-%d %H:%M:%S') UTC, the engine agrees"
}

check_ports() {
  if engine_is_elsewhere; then
    good ports "those of the engine's host are looked at when a deploy takes them"
    return
  fi
  before=$findings
  own=$(docker ps --filter label=com.docker.compose.project="$project" --format '{{.Ports}}')
  pairs=
  runs prod || pairs="WEB_PORT=3000 AUTH_PORT=8000 API_PORT=3001 DB_PORT=5432 MAIL_PORT=8025 REDIS_PORT=6379"
  runs dev || [ ! -d "$folder" ] || pairs="$pairs HTTP_PORT=80 HTTPS_PORT=443"
  for pair in $pairs; do
    port=$(setting "${pair%=*}" "${pair#*=}")
    case $port in '' | 0 | *[!0-9]*) continue ;; esac
    case $own in *":$port->"*) continue ;; esac
    ! port_answers "$port" || wrong ports "Port $port is taken by another program." "Stop that program, or set ${pair%=*} to a free port in .env."
  done
  [ "$findings" -gt "$before" ] || good ports "free, or the stack's own"
}

check_settings() {
  before=$findings
  # shellcheck disable=SC2013 # Names have no spaces.
  for name in $(sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/\1/p' .env 2>/dev/null | sort -u); do
    grep -q "^# $name=" .env.example || note settings "$name in .env is no setting." "Look for its spelling in .env.example, or take the line out."
  done
  # shellcheck disable=SC2013
  for name in $(sed -n 's/^# \([A-Z_]*\)=.*/\1/p' .env.example); do
    value=$(setting "$name" '')
    [ -z "$value" ] || ! is_malformed "$name" "$value" ||
      wrong settings "$name is \"$value\", which is not what it may be." "Write it as .env.example shows."
  done
  [ -z "$(setting SMTP_USER '')" ] || [ ! -d "$folder" ] || [ -s "$folder/smtp_password" ] ||
    wrong settings "SMTP_USER is set and $folder/smtp_password is empty." "Put the password of that account there."
  [ "$(setting PAYMENT_PROVIDER manual)" != stripe ] || [ ! -d "$folder" ] || { [ -s "$folder/stripe_secret_key" ] && [ -s "$folder/stripe_webhook_secret" ]; } ||
    wrong settings "PAYMENT_PROVIDER is stripe and $folder/stripe_secret_key or stripe_webhook_secret is empty." "Put both there; they are in Stripe's dashboard."
  [ "$findings" -gt "$before" ] || good settings "known and well-formed"
}

check_signatures() {
  if ! signatures_wanted; then
    good signatures "none are asked for"
  else
    refused signatures check_signature_settings || good signatures "asked for: a deploy refuses what has none"
  fi
}

# An edge is left without a network when its gate is started anew.
runs_without_network() {
  [ "$1" != web ] || ! runs prod || printf '. If its gate is younger than it (docker ps): %s web' "$(logs_command | sed 's/logs$/restart/')"
}

check_containers() {
  before=$findings
  ids=$(docker ps --all --quiet --filter label=com.docker.compose.project="$project" --filter label=com.docker.compose.oneoff=False)
  if [ -z "$ids" ]; then
    good containers "none of the project \"$project\""
    return
  fi
  while read -r service status code oom restarts health; do
    case "$status $health $code" in
      'running unhealthy '*) wrong containers "$service does not answer its health check." "Its log says why: $(logs_command) $service$(runs_without_network "$service")" ;;
      'restarting '*) wrong containers "$service starts again and again (exit code $code)." "Its log says why: $(logs_command) $service" ;;
      'running '* | 'created '* | 'exited '*' 0') ;;
      *) wrong containers "$service has $status with exit code $code$([ "$oom" = false ] || echo ', out of memory')." "Its log says why: $(logs_command) $service; then $(up_command)" ;;
    esac
    [ "$restarts" -eq 0 ] || note containers "$service was restarted $restarts times." "Its log says why: $(logs_command) $service (exit code 137 is memory: mem_limit in compose/prod.yml)"
  done <<INSPECTED
$(echo "$ids" | xargs docker inspect --format '{{index .Config.Labels "com.docker.compose.service"}} {{.State.Status}} {{.State.ExitCode}} {{.State.OOMKilled}} {{.RestartCount}} {{if .State.Health}}{{.State.Health.Status}}{{end}}')
INSPECTED
  [ "$findings" -gt "$before" ] || good containers "$(echo "$ids" | wc -l | tr -d ' ') of \"$project\", none in trouble"
}

# As a visitor gets it. Caddy renews with a third of the lifetime left: half of that third is too late.
check_certificates() {
  auth=$(container_of auth)
  runs prod && [ -n "$auth" ] && [ -n "$(container_of web)" ] || return 0
  site=$(setting SITE_ADDRESS localhost)
  seen=$(docker exec "$auth" node --eval '
    const [servername] = process.argv.slice(1)
    const socket = require("node:tls").connect({ host: "web", port: 443, servername, rejectUnauthorized: false, timeout: 3000 }, () => {
      const { valid_from, valid_to, issuer } = socket.getPeerCertificate()
      const [from, to] = [Date.parse(valid_from), Date.parse(valid_to)]
      console.log((to - Date.now()) / (to - from) < 1 / 6 ? "late" : "good", new Date(to).toISOString().slice(0, 16), issuer.CN)
      socket.destroy()
    })
    for (const event of ["error", "timeout"]) socket.on(event, () => process.exit(1))' "$site") || seen=none
  case $seen in
    good*) good certificates "$site, until ${seen#good }" ;;
    late*) wrong certificates "The certificate of $site ends at ${seen#late }, and is not renewed." "The log of web says why: $(logs_command) web. Does $site lead here, and do ports 80 and 443?" ;;
    *) wrong certificates "The edge answers TLS for $site with no certificate." "Its log says why: $(logs_command) web" ;;
  esac
}

# The release that runs has others than the files here, maybe.
check_migrations_of_release() {
  pending=$(for service in auth api; do compose_prod run --rm --no-deps --no-TTY --quiet-pull "$service-migrate" migrate.js --plan </dev/null || exit 1; done 2>/dev/null) || {
    wrong migrations "Those of $tag cannot be asked for." "Do its images run? npm run deploy -- $tag"
    return
  }
  if [ -z "$pending" ]; then good migrations "all of $tag have run"; else wrong migrations "$(printf '%s\n' "$pending" | cut -f 2 | tr '\n' ' ')has not run." "npm run deploy"; fi
}

check_migrations() {
  db=$(container_of db)
  [ -n "$db" ] && docker exec "$db" pg_isready --quiet --host 127.0.0.1 >/dev/null 2>&1 || return 0
  if runs prod; then
    check_migrations_of_release
    return
  fi
  before=$findings
  applied=$(docker exec "$db" sh -c 'for database in finity_auth finity_db; do
    psql --username postgres --dbname "$database" --no-psqlrc --tuples-only --no-align --command "select migration_name from _prisma_migrations where finished_at is not null"
  done' 2>/dev/null) || true
  for migration in services/auth/prisma/migrations/*/ services/api/prisma/migrations/*/; do
    name=$(basename "$migration")
    printf '%s\n' "$applied" | grep -qx "$name" || wrong migrations "$name has not run." "$(up_command) runs it; if it failed, the log of the migration says why."
  done
  [ "$findings" -gt "$before" ] || good migrations "all have run"
}

check_kept_data() {
  db=$(container_of db)
  [ -n "$db" ] || return 0
  kept=$(docker exec "$db" sh -c 'du -sm /var/lib/postgresql/*/kept' 2>/dev/null) || return 0
  note postgresql "The data of before an upgrade is kept and takes ${kept%%[!0-9]*} MB." "When all is well: npm run upgrade -- --delete-old"
}

printf '\nFinity: doctor\n\n'
project=$(project_name)
tag=$(setting TAG latest)
folder=$(secrets_folder)
overlays=
if engine_answers; then
  overlays=$(docker ps --all --filter label=com.docker.compose.project="$project" --format '{{.Label "com.docker.compose.project.config_files"}}')
  for check in engine images disk clock ports settings signatures secrets containers certificates migrations backups kept_data; do "check_$check"; done
else
  wrong engine "No Docker engine answers." "Start it, or let 'npm run up' set one up."
  for check in settings signatures secrets; do "check_$check"; done
fi
printf '\n  %s wrong, %s worth knowing.\n\n' "$wrongs" "$((findings - wrongs))"
[ "$wrongs" -eq 0 ]
