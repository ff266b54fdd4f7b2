#!/bin/sh
# Measures something beside a bare rival, in one run on this machine. Usage: sh scripts/bench.sh auth|documents|uploads|downloads|…
. "$(dirname "$0")/lib/prepare.sh"

name=${1:-auth}
# These are measured on a copy of the tree, or with its whole production stack, as the tests make them.
case $name in lighthouse | restores | durability | cache) exec sh scripts/test.sh "$name" ;; esac
# A service by its name, or one measurement by the end of its file's.
set -- services/"$name"/bench/measure-*.ts
[ -f "$1" ] || set -- services/*/bench/*-"$name".ts
[ -f "$1" ] || die "There is no benchmark of \"$name\"." "Name one: npm run bench -- auth (or documents, uploads, downloads, lighthouse, restores, durability, cache)"

project=finity-bench-$$
bench() { docker compose -p "$project" -f compose/test.yml -f compose/bench.yml "$@"; }
trap 'bench down --volumes >/dev/null 2>&1' EXIT
prepare_host
if [ "$name" = downloads ]; then
  # They come through the edge.
  container=downloads
  step "Build" docker buildx bake --progress plain unit postgres redis api web
else
  container=unit
  step "Build" docker buildx bake --progress plain unit postgres redis
fi
for measurement; do
  bench run --rm "$container" node "$measurement"
done
