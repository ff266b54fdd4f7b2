#!/bin/sh
# What the images, their packages and the first page weigh, beside what they may (tests/budgets.json).
# Usage: sh scripts/budgets.sh [--accept]   (--accept writes what they weigh into that file)
. "$(dirname "$0")/lib/prepare.sh"
case ${1:-} in
  '' | --accept) ;;
  *) die "There is no option \"$1\"." "Use: npm run budgets, or npm run budgets -- --accept" ;;
esac

# It starts nothing: its network is its own, for a browser that is shown the app's files.
show_budgets() {
  docker run --rm --init --user 0 --network none --shm-size 512m --volume /var/run/docker.sock:/var/run/docker.sock --volume "$root:$root:ro" \
    --env STACK_FOLDER="$root" finity-tools node tests/show-budgets.ts "$@"
}

accept_budgets() {
  show_budgets --accept >"$state/budgets.json"
  cat "$state/budgets.json" >tests/budgets.json
  rm "$state/budgets.json"
}

prepare_host
step "Images" docker buildx bake --progress plain release tools
step "What they hold" docker buildx bake --progress plain sboms
if [ "${1:-}" = --accept ]; then
  step "Budgets" accept_budgets
else
  show_budgets
fi
