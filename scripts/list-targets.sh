#!/bin/sh
# The targets of a group of Bake, as a list in JSON: what a workflow fans out.
# Usage: sh scripts/list-targets.sh GROUP
set -eu
cd "$(dirname "$0")/.."
# A group of groups would give the names of those.
docker buildx bake --print "$1" 2>/dev/null | sed -n "/^    \"$1\": {/,/]/ s/^ *\"\([a-z][a-z-]*\)\",*\$/\"\1\"/p" | paste -sd , - | sed 's/.*/[&]/'
