#!/bin/sh
# Measures a service beside a bare rival, in one run on this machine. Usage: sh scripts/bench.sh auth
. "$(dirname "$0")/lib/prepare.sh"

service=${1:-auth}
[ -d "services/$service/bench" ] || die "There is no benchmark of \"$service\"." "Name one that has a bench folder: npm run bench -- auth"

project=finity-bench-$$
trap 'docker compose -p "$project" -f compose/test.yml down --volumes >/dev/null 2>&1' EXIT
prepare_host
step "Build" docker buildx bake --progress plain unit postgres
for measurement in services/"$service"/bench/measure-*.ts; do
  docker compose -p "$project" -f compose/test.yml run --rm unit node "$measurement"
done
