#!/bin/sh
# Keeps what a release leaves behind: its databases, its media and the secrets that seal them, filled by people's requests to its own
# production stack. The next releases are tested on it (tests/release-data.test.ts).
# Usage: sh scripts/keep-release-data.sh RELEASE [FOLDER]   (FOLDER: the release's tree, when it is not this one)
. "$(dirname "$0")/lib/prepare.sh"
. scripts/lib/copy.sh
. scripts/lib/secrets.sh

release=${1:-}
tree=${2:-$root}
data=$root/tests/data/$release
case $release in
  '' | .* | *[!A-Za-z0-9.-]*) die "\"$release\" names no release." "Name it: npm run keep-release-data -- v1.4.0 (and the folder of its tree, when it is not this one)" ;;
esac
[ ! -e "$data" ] || die "The data of $release are kept already, in $data." "Give another name, or remove that folder first."
[ -f "$tree/compose/prod.yml" ] || die "$tree is no tree of this repository." "Name one: git worktree add ../$release $release"

run=finity-keep-$$
work=$(mktemp -d "${TMPDIR:-/tmp}/$run.XXXXXX")
copy=$work/tree
kept=$work/data

compose() { (cd "$copy" && env -u CA_BUNDLE -u NPMRC docker compose -f compose/base.yml -f compose/prod.yml "$@"); }

finish() {
  status=$?
  stop_ticker
  [ ! -f "$copy/compose/prod.yml" ] || compose down --volumes >/dev/null 2>&1 || true
  docker image ls --format '{{.Repository}}:{{.Tag}}' --filter reference="$run/*" | xargs -r docker image rm --force >/dev/null
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT

copy_release() {
  copy_tree "$tree" "$copy"
  cat >>"$copy/.env" <<ENV
COMPOSE_PROJECT_NAME=$run
REGISTRY=$run/
RATE_LIMIT_FACTOR=1000
HTTP_PORT=0
HTTPS_PORT=0
ENV
}

build() {
  (
    cd "$copy"
    set -a
    # shellcheck disable=SC1091 # Made by copy_release.
    . ./.env
    docker buildx bake --progress plain
  )
}

start() {
  (cd "$copy" && sh scripts/secrets.sh)
  compose up --detach --wait
}

# By the release's own image, from where its edge is localhost. What it acknowledged is what the next releases must have.
fill() {
  edge=$(docker ps --quiet --filter label=com.docker.compose.project="$run" --filter expose=443/tcp)
  link=$(cd "$copy" && sh scripts/auth.sh make-superuser superuser@example.com | grep -o '#token=[A-Za-z0-9_-]*')
  docker run --rm --network "container:$edge" --env RESET_TOKEN="${link#*=}" --volume "$root/tests/support:/fill:ro" "$run/finity-auth" \
    /fill/fill-release.ts >"$kept/known.json"
}

# With owners and privileges, which are part of what a release must find. Nothing is written meanwhile.
dump() {
  compose stop web auth api
  for database in finity_auth finity_db; do
    compose exec --no-TTY db pg_dump --username postgres "$database" >"$kept/$database.sql"
  done
  if compose config --volumes | grep -qx media_data; then
    docker cp "$(compose ps --all --quiet api):/data/media" - >"$kept/media.tar"
  fi
  for name in $token_secrets; do
    [ ! -s "$copy/secrets/$name" ] || cp "$copy/secrets/$name" "$kept/secrets/"
  done
}

printf '\nFinity: data of %s\n\n' "$release"
prepare_host
mkdir -p "$kept/secrets" "$root/tests/data"
step "Copy" copy_release
step "Images" build
step "Start" start
step "Fill" fill
step "Dump" dump
chmod -R u=rwX,go=rX "$kept"
mv "$kept" "$data"
printf '\n  %s has the data of %s (%s kB).\n\n' "$data" "$release" "$(du -sk "$data" | cut -f1)"
