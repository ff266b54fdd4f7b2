#!/bin/sh
# The static checks, each in its Bake target; a failing one names its fixer.
. "$(dirname "$0")/lib/prepare.sh"
prepare_host
docker buildx bake check
docker buildx bake dockerfiles
