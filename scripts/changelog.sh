#!/bin/sh
# Writes CHANGELOG.md from the commits (git-cliff, cliff.toml).
# Usage: sh scripts/changelog.sh [TAG]: the commits since the last tag are those of TAG; or sh scripts/changelog.sh notes TAG: prints that release's part
. "$(dirname "$0")/lib/prepare.sh"

notes() {
  part=$(awk -v heading="## $1 " 'index($0, "## ") == 1 { printing = index($0 " ", heading) == 1; next } printing' CHANGELOG.md)
  [ -n "$part" ] || die "CHANGELOG.md knows nothing of ${1:-no tag}." "Write it (npm run changelog -- ${1:-TAG}), commit it, and tag that commit."
  printf '%s\n' "$part" | sed '1{/^$/d}'
}

# The tool of this tree where it is installed, else that of the development image.
git_cliff() {
  if [ -x node_modules/.bin/git-cliff ]; then
    node_modules/.bin/git-cliff "$@"
  else
    common=$(cd "$(git rev-parse --git-common-dir)" && pwd)
    docker run --rm --network none --user "$(id -u):$(id -g)" --volume "$root:$root" --volume "$common:$common" --workdir "$root" finity-dev /app/node_modules/.bin/git-cliff "$@"
  fi
}

if [ "${1:-}" = notes ]; then
  notes "${2:-}"
  exit
fi
if [ -n "${1:-}" ]; then
  is_release_tag "$1" || die "\"$1\" is no tag of a release." "Name it like this: npm run changelog -- v1.4.0"
  set -- --tag "$1"
else
  set --
fi
have git || die "git is not here, which has the commits." "Install git, then run this again."
[ -x node_modules/.bin/git-cliff ] || { prepare_host && step "Development image" docker buildx bake --progress plain dev; }
step "Changelog" git_cliff --output CHANGELOG.md "$@"
