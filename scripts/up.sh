#!/bin/sh
# The development stack, from whatever this host has: engine, base images, build, start, wait until healthy.
. "$(dirname "$0")/lib/prepare.sh"
. scripts/lib/ports.sh

# Ports are looked at before anything is built: what this project's own containers hold is theirs.
refuse_taken_ports() {
  own=$(docker ps --filter label=com.docker.compose.project="$(project_name)" --format '{{.Ports}}')
  for pair in WEB_PORT=3000 AUTH_PORT=8000 API_PORT=3001 DB_PORT=5432 MAIL_PORT=8025 REDIS_PORT=6379; do
    name=${pair%=*}
    port=$(setting "$name" "${pair#*=}")
    [ "$port" != 0 ] || continue
    case $own in *"127.0.0.1:$port->"*) continue ;; esac
    ! port_answers "$port" ||
      die "Port $port on 127.0.0.1 is taken by another program." "Stop that program, or set $name=<a free port> in .env, then run this again."
  done
}

# Built in the step before.
start_stack() { compose_dev up --no-build --detach --wait --wait-timeout 180 --remove-orphans; }

explain_stack() {
  unhealthy=$(compose_dev ps --all --format '{{.Service}} {{.State}} {{.Health}} {{.ExitCode}}' |
    awk '$2 == "exited" && $NF != 0 || $3 == "unhealthy" { print $1 }' | tr '\n' ' ')
  [ -z "$unhealthy" ] ||
    die "Not healthy: $unhealthy" "Read its log: docker compose -f compose/base.yml -f compose/dev.yml logs ${unhealthy%% *}"
  return 1
}

start_and_explain() { start_stack || explain_stack; }

make_demo_account() { compose_dev run --rm --no-deps --quiet-pull demo; }

print_addresses() {
  web=$(compose_dev port web 3000)
  cat <<TEXT

  Finity is up.

    App             http://localhost:${web##*:}
    Demo account    demo@example.com / development-only
    Mail            http://localhost:$(compose_dev port mail 1080 | sed 's/.*://')
    API             http://localhost:${web##*:}/api/openapi.json
    Auth            http://localhost:${web##*:}/openapi.json
    PostgreSQL      $(compose_dev port db 5432)

  Logs: docker compose -f compose/base.yml -f compose/dev.yml logs --follow
  Stop: npm run down (or sh scripts/down.sh)
TEXT
}

started_at=$(date +%s)
printf '\nFinity: development stack\n\n'
prepare_host
step "Free ports" refuse_taken_ports
step "Build" compose_dev build
step "Start until healthy" start_and_explain
step "Demo account" make_demo_account
print_addresses
printf '\n  Took %ss.\n\n' "$(($(date +%s) - started_at))"
