#!/bin/sh
# Formats and mends what can be mended by itself, in this tree, and writes the app's client anew.
. "$(dirname "$0")/lib/prepare.sh"
prepare_host
step "Build" docker buildx bake --progress plain dev
# What is generated and installed is the image's; the sources are this tree's.
set --
for folder in services/kit/src services/kit/build services/auth/src services/api/src web/build; do
  set -- "$@" --volume "$root/$folder:/app/$folder:ro"
done
docker run --rm --user "$(id -u):$(id -g)" "$@" --volume "$root/web/src/lib/api:/app/web/src/lib/api" finity-dev \
  node web/build/write-client.ts
docker run --rm --user "$(id -u):$(id -g)" --volume "$root:/tree" --workdir /tree finity-dev /app/node_modules/.bin/biome check --write .
