#!/bin/sh
# Formats and mends what can be mended by itself, in this tree.
. "$(dirname "$0")/lib/prepare.sh"
prepare_host
step "Build" docker buildx bake --progress plain dev
docker run --rm --user "$(id -u):$(id -g)" --volume "$root:/tree" --workdir /tree finity-dev /app/node_modules/.bin/biome check --write .
