#!/bin/sh
# The whole suite, or the parts named: check, unit, images, verbs, dev, prod, production, deploy, data, signatures, publish, upgrade, backup, offsite.
# By name only: attacks, releases, remote and faults, which take many minutes; lighthouse, restores, durability and cache, which measure (npm run bench -- lighthouse); screenshots, which takes a picture of every page.
# Works on a copy of the tree, under project names of its own, on free ports; leaves nothing running and no volume behind.
. "$(dirname "$0")/lib/prepare.sh"
. scripts/lib/copy.sh

all_parts="check unit images verbs dev prod production deploy data signatures publish upgrade backup offsite"
slow_parts="attacks releases remote faults"
# For a workflow that runs each in a job of its own.
if [ "${1:-}" = --list ]; then
  echo "$all_parts $slow_parts" | sed 's/[a-z]*/"&"/g; s/ /,/g; s/.*/[&]/'
  exit
fi
parts=${*:-$all_parts}
run=finity-test-$$
mkdir -p "$logs/journeys"
work=$(mktemp -d "${TMPDIR:-/tmp}/$run.XXXXXX")
chmod 755 "$work"
failed=
summary=

# in_copy PART COMMAND…: in the part's own copy of the tree, with its own .env.
in_copy() { (cd "$work/$1" && shift && env -u CA_BUNDLE -u NPMRC "$@"); }

# All journeys of a run come from one address, so the rate limits are wide.
make_copy() {
  copy_tree "$root" "$work/$1"
  cat >>"$work/$1/.env" <<ENV
COMPOSE_PROJECT_NAME=$run-$1
RATE_LIMIT_FACTOR=1000
$(for name in WEB AUTH API DB MAIL REDIS HTTP HTTPS; do echo "${name}_PORT=0"; done)
ENV
}

# projects PREFIX: of the tests' stacks, those whose names begin so.
projects() { docker ps --all --filter label=com.docker.compose.project --format '{{.Label "com.docker.compose.project"}}' | grep "^$1" | sort -u; }

remove_project() {
  echo "Removing $1"
  docker ps --all --quiet --filter label=com.docker.compose.project="$1" | xargs -r docker rm --force --volumes >/dev/null
  docker volume ls --quiet --filter label=com.docker.compose.project="$1" | xargs -r docker volume rm --force >/dev/null
  docker network ls --quiet --filter label=com.docker.compose.project="$1" | xargs -r docker network rm >/dev/null
}

# What a run leaves when its process is gone, this one's included.
remove_leftovers() {
  for project in $(projects finity-test-); do
    pid=${project#finity-test-}
    pid=${pid%%-*}
    [ "$pid" != $$ ] && kill -0 "$pid" 2>/dev/null && continue
    remove_project "$project"
  done
}

finish() {
  status=$?
  stop_ticker
  if engine_answers; then
    for container in $(docker ps --quiet --filter name="$run-tools"); do docker rm --force "$container" >/dev/null; done
    # The images of the run before, which these replaced.
    docker image prune --force --filter label=finity.tests >/dev/null
    # What lost its tag to another still has its digest.
    docker image ls --digests --format '{{.Repository}}{{if eq .Tag "<none>"}}@{{.Digest}}{{else}}:{{.Tag}}{{end}}' --filter reference="$run/*" --filter reference="*/$run/*" | sort -u | xargs -r docker image rm --force >/dev/null
    remove_leftovers >>"$logs/cleanup.log" 2>&1 || echo "  ! Leftovers could not be removed: $logs/cleanup.log"
  fi
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT

# tools PART COMMAND…: in the image that has the tests, Chromium and a Docker client, as this user. It sees the copy under the
# same path; traces of failed journeys stay in the logs.
tools() {
  part=$1
  shift
  group=$(socket_group) || return 1
  docker run --rm --init --name "$run-tools-$part" --network host --shm-size 512m --cpu-shares "${shares:-1024}" \
    --user "$(id -u):$(id -g)" --group-add 0 --group-add "$group" --env HOME=/tmp \
    --volume /var/run/docker.sock:/var/run/docker.sock --volume "$work/$part:$work/$part" --volume "$logs/journeys:$logs/journeys" \
    --env STACK_FOLDER="$work/$part" --env COMPOSE_PROJECT_NAME="$run-$part" --env E2E_OUTPUT="$logs/journeys/$part" \
    --env STOOD_IN_FOR --env DEPLOYS --env KILLS --env SIZES --env LOAD_PER_SECOND --env BASE_URL --env MAIL_URL --env PICTURE_FOLDER --env STACK_URL="${BASE_URL:-}" --env IGNORE_HTTPS_ERRORS --env CI=1 \
    --env TOOLS_IMAGE=finity-tools finity-tools "$@"
}

# The group that may use the engine.
socket_group() { docker run --rm --network none --volume /var/run/docker.sock:/var/run/docker.sock finity-tools stat --format %g /var/run/docker.sock; }

# journeys PART [FILE…]: the browsers get what the services leave of the processors; people bring their own.
journeys() {
  in_part=$1
  shift
  shares=128 tools "$in_part" npx playwright test --config web/playwright.config.ts "$@"
}

# stack_tests PART FILE…
stack_tests() {
  in_part=$1
  shift
  tools "$in_part" npx vitest run --root tests --configLoader runner "$@"
}

part_check() { docker buildx bake check --progress plain && docker buildx bake dockerfiles; }

part_unit() {
  docker buildx bake unit postgres redis
  docker compose -p "$run-unit" -f compose/test.yml run --rm unit
}

# The races, mutated tokens and fuzz of the unit tests, many times over.
part_attacks() {
  docker buildx bake unit postgres redis
  docker compose -p "$run-attacks" -f compose/test.yml run --rm --env ATTACK_ROUNDS="${ATTACK_ROUNDS:-1000}" unit \
    npx vitest run --configLoader runner --project auth services/auth/test/attacks services/auth/test/fuzz.test.ts
}

# Two builds, under names of their own. The second is made from a copy whose files all have another time, as in another clone, and makes
# everything anew but what npm downloads: that has its hashes in package-lock.json.
part_images() {
  REGISTRY=$run/first- docker buildx bake release
  find "$work/images" -exec touch {} +
  (
    cd "$work/images"
    set -a
    # shellcheck disable=SC1091 # Made by make_copy.
    . ./.env
    export REGISTRY="$run/second-"
    REBUILD=generated,source,build,runtime-app,node-packages,node-root,wget,caddy,catatonit-package,catatonit,files,programs,stripped,cosign docker buildx bake release
    docker buildx bake sboms
  )
  stack_tests images images reproducible sbom budgets cache config documents
}

part_verbs() { stack_tests verbs verbs; }

part_dev() {
  in_copy dev sh scripts/up.sh
  BASE_URL=http://localhost:$(in_copy dev docker compose -f compose/base.yml -f compose/dev.yml port web 3000 | sed 's/.*://')
  MAIL_URL=http://localhost:$(in_copy dev docker compose -f compose/base.yml -f compose/dev.yml port mail 1080 | sed 's/.*://')
  export BASE_URL MAIL_URL
  journeys dev first-document password-reset verify account-address
  stack_tests dev dev
  expect_nothing_twice
}

# A second "up" restarts no container. Asked of this host's own client: another release of Compose may see a change.
expect_nothing_twice() {
  started() { in_copy dev docker compose -f compose/base.yml -f compose/dev.yml ps --quiet | xargs docker inspect --format '{{.Name}} {{.State.StartedAt}}'; }
  started | sort >"$work/before"
  in_copy dev sh scripts/up.sh
  started | sort | diff "$work/before" - || {
    echo 'A second "up" restarted containers.'
    return 1
  }
}

part_prod() {
  start_prod prod
  journeys prod
  stack_tests prod prod
}

# start_prod PART: the production stack, from the part's copy.
start_prod() {
  in_copy "$1" sh scripts/secrets.sh
  in_copy "$1" docker compose -f compose/base.yml -f compose/prod.yml up --detach --wait
  BASE_URL=https://localhost:$(in_copy "$1" docker compose -f compose/base.yml -f compose/prod.yml port gate 443 | sed 's/.*://')
  IGNORE_HTTPS_ERRORS=1
  export BASE_URL IGNORE_HTTPS_ERRORS
}

# The edge with its certificates, the operator's verbs, and every production rule, read from the running containers.
part_production() {
  start_prod production
  stack_tests production edge operator rules
}

# A release of images that stand for others, under load; DEPLOYS of them after one another.
part_deploy() {
  prepare_releases deploy
  stack_tests deploy deploy
}

# Releases that fail, are interrupted or go back, some of them under load.
part_releases() {
  prepare_releases releases
  stack_tests releases releases
}

prepare_releases() {
  in_copy "$1" sh scripts/secrets.sh
  echo "REGISTRY=$run/" >>"$work/$1/.env"
  allow_load "$1"
}

# allow_load PART: of some accounts, which write more than any plan allows and stay signed in for all of it.
allow_load() {
  cat >>"$work/$1/.env" <<ENV
ACCESS_TOKEN_LIFETIME_SECONDS=7200
PLANS={"free":{"documents":null,"storage_bytes":null}}
ENV
}

# Releases that come to a server over SSH.
part_remote() {
  in_copy remote sh scripts/secrets.sh
  echo "REGISTRY=$run/" >>"$work/remote/.env"
  stack_tests remote remote
}

# This release on the data of those before.
part_data() {
  echo "REGISTRY=$run/" >>"$work/data/.env"
  stack_tests data release-data
}

# Releases of signed images, from a registry of their own.
part_signatures() {
  docker buildx bake cosign
  in_copy signatures sh scripts/secrets.sh
  stack_tests signatures signatures
}

# Images that are merged, signed and named by our verb, in a registry of their own.
part_publish() {
  docker buildx bake cosign
  stack_tests publish publish
}

# A stack on the PostgreSQL of the major before, "v17", and the database images of a release with that of today, "v18".
part_upgrade() {
  compose_upgrade() { in_copy upgrade docker compose -f compose/base.yml -f compose/prod.yml "$@"; }
  printf 'REGISTRY=%s/\nTAG=v17\n' "$run" >>"$work/upgrade/.env"
  REGISTRY=$run/ TAG=v18 docker buildx bake --progress plain postgres postgres-upgrade
  for image in auth api web redis backup; do for tag in v17 v18; do docker tag "finity-$image" "$run/finity-$image:$tag"; done; done
  docker tag finity-gate:1 "$run/finity-gate:1"
  printf 'FROM %s\nENV PGDATA=/var/lib/postgresql/17/docker PATH=/usr/local/bin:/usr/lib/postgresql/17/bin:/usr/bin:/bin\n' \
    "$run/finity-postgres-upgrade:v18" | docker build --tag "$run/finity-postgres:v17" -
  printf 'FROM finity-backup\nENV PGDATA=/var/lib/postgresql/17/docker\n' | docker build --tag "$run/finity-backup:v17" -
  in_copy upgrade sh scripts/secrets.sh
  compose_upgrade up --detach --wait db
  # The migrations of today ask for it, and 17 does not have it.
  compose_upgrade exec --no-TTY db psql --username postgres --dbname finity_auth --command "CREATE FUNCTION public.uuidv7() RETURNS uuid LANGUAGE sql AS 'SELECT gen_random_uuid()'"
  start_prod upgrade
  stack_tests upgrade upgrade
}

# Damages, restores, and a server whose data is deleted while people write: once in each mode, or KILLS times.
part_backup() {
  echo 'PLANS={"free":{"documents":null,"storage_bytes":null}}' >>"$work/backup/.env"
  start_with_repository_in_memory backup
  stack_tests backup backup.test
}

# start_with_repository_in_memory PART [SIZE]: so that it can be full; it stays there while somebody holds it.
start_with_repository_in_memory() {
  label=com.docker.compose.project=$run-$1
  docker volume create --label "$label" --label com.docker.compose.volume=backups --opt type=tmpfs --opt device=tmpfs --opt "o=size=${2:-256m},uid=999,gid=999,mode=700" "$run-$1_backups"
  docker run --detach --init --name "$run-$1-holder" --label "$label" --volume "$run-$1_backups:/backups" --entrypoint sleep finity-backup infinity
  start_prod "$1"
}

# Alerts, interrupted and impossible works, and moments that are compared with a ledger.
part_faults() {
  docker buildx bake --progress plain postgres-upgrade
  start_with_repository_in_memory faults 512m
  stack_tests faults backup-alerts backup-faults backup-points
}

# The second place of the backups: an S3 server in the network of a stack, and a stack that comes back from there.
part_offsite() {
  start_prod offsite
  stack_tests offsite backup-s3
}

# Through a stack that runs already, where BASE_URL names one.
part_lighthouse() {
  [ -n "${BASE_URL:-}" ] || start_prod lighthouse
  tools lighthouse node web/bench/measure-pages.ts
}

# Restores beside a copy of the same data; writes beside none that are copied.
measure() {
  allow_load "$1"
  start_prod "$1"
  tools "$1" node "tests/measure-$1.ts"
}
part_restores() { measure restores; }
part_durability() { measure durability; }

# How long the images take when nothing has changed, and when sources have.
part_cache() { tools cache node tests/measure-cache.ts; }

# Every page, in both sizes and both themes, while it is looked at for faults of accessibility.
part_screenshots() {
  PICTURE_FOLDER=$logs/journeys/pictures
  export PICTURE_FOLDER
  start_prod screenshots
  journeys screenshots accessibility
  echo "Pictures: $PICTURE_FOLDER"
}

# A part's output is shown whole, and the end of a failed one again below the summary. The next part runs all the same.
run_part() {
  printf '\n── %s ──\n' "$1"
  started=$(date +%s)
  make_copy "$1"
  {
    trap - EXIT
    set +e
    (set -e; "part_$1")
    echo $? >"$work/status"
    set -e
  } 2>&1 | tee "$logs/part-$1.log"
  status=$(cat "$work/status")
  [ "$status" -lt 128 ] || exit "$status"
  # The next part has the machine to itself.
  for project in $(projects "$run-$1\$") $(projects "$run-$1-"); do remove_project "$project"; done >>"$logs/cleanup.log" 2>&1
  if [ "$status" -eq 0 ]; then mark=✓; else mark=✗ failed="$failed $1"; fi
  summary="$summary$(printf '  %s %-8s %5ss' "$mark" "$1" "$(($(date +%s) - started))")
"
}

started_at=$(date +%s)
printf '\nFinity: tests\n\n'
prepare_host
remove_leftovers
step "Images for the tests" docker buildx bake --progress plain test
summary="  ✓ $(printf '%-8s %5ss' setup "$(($(date +%s) - started_at))")
"
for part in $parts; do run_part "$part"; done

printf '\n%s\n  Took %ss.\n' "$summary" "$(($(date +%s) - started_at))"
if [ -n "$failed" ]; then
  for part in $failed; do printf '\n── the end of %s ──\n' "$part" && tail -n 60 "$logs/part-$part.log"; done
  printf '\n  Failed:%s\n    Remedy: read the part above; run it alone with: npm test -- <part>\n\n' "$failed"
  exit 1
fi
