#!/bin/sh
# An operator's command in the running auth service: make-superuser ADDRESS, or rotate-signing-key.
# Usage: sh scripts/auth.sh make-superuser ada@example.com
. "$(dirname "$0")/lib/prepare.sh"

project=$(setting COMPOSE_PROJECT_NAME finity)
container=$(docker ps --quiet --filter label=com.docker.compose.project="$project" --filter label=com.docker.compose.service=auth | head -n 1)
[ -n "$container" ] ||
  die "The auth service of the project \"$project\" is not running." "Start it: npm run up, or in production docker compose -f compose/base.yml -f compose/prod.yml up -d"
# The development image runs the sources, the production image their bundle.
case $(docker inspect --format '{{.Config.Image}}' "$container") in
  finity-dev) program=src/admin.ts ;;
  *) program=admin.js ;;
esac
exec docker exec "$container" node "$program" "$@"
