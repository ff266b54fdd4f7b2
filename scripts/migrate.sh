#!/bin/sh
# After an edit of a service's prisma/schema.prisma: writes the migration, then brings the stack up on it.
# Usage: sh scripts/migrate.sh auth add_display_name
. "$(dirname "$0")/lib/prepare.sh"

service=${1:-}
name=${2:-}
[ -f "services/$service/prisma/schema.prisma" ] ||
  die "There is no service \"$service\" with a Prisma schema." "Name the service and the change: npm run migrate -- auth add_display_name"
case $name in
  '' | *[!a-z0-9_]*) die "A migration's name has small letters, digits and underscores only." "For example: npm run migrate -- $service add_display_name" ;;
esac

project=finity-migrate-$$
remove_database() { docker compose -p "$project" -f compose/test.yml down --volumes >/dev/null 2>&1; }

# The schema is compared with the existing migrations in a throwaway database, never in one with data.
write_migration() {
  docker compose -p "$project" -f compose/test.yml run --rm --user "$(id -u):$(id -g)" --env HOME=/tmp \
    --env SHADOW_DATABASE_URL=postgresql://postgres@db:5432/postgres \
    --volume "$root/services/$service/prisma:/app/services/$service/prisma" \
    unit node services/kit/build/create-migration.ts "$service" "$name"
}

prepare_host
step "Build" docker buildx bake --progress plain unit postgres redis
trap 'stop_ticker; remove_database' EXIT
step "Write the migration" write_migration
tail -n 3 "$log"
remove_database
trap stop_ticker EXIT
exec sh scripts/up.sh
