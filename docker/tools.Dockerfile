# Static checks, and the image that runs the browser journeys and the infrastructure tests.
# "source" and "dependencies" are stages of service.Dockerfile (docker-bake.hcl). Each failing check names its fixer.

FROM source AS checked
ENV CI=1

FROM checked AS lint
RUN npx biome ci --colors=off --error-on-warnings . || { echo 'Fix: npm run fix'; exit 1; }

FROM checked AS types
RUN for project in services/*/tsconfig.json web/tsconfig.json tests/tsconfig.json docker/sbom/tsconfig.json; do \
      npx tsc --project "$project" || { echo "Fix: the types named above, by hand ($project)"; exit 1; }; \
    done

FROM checked AS directions
RUN npx depcruise services web || { echo 'Fix: move the import named above; docs/ARCHITECTURE.md shows who may import whom'; exit 1; }

FROM checked AS client
RUN node web/build/write-client.ts --check || { echo 'Fix: npm run fix'; exit 1; }

FROM checked AS workflows
RUN node tests/lint-workflows.ts || { echo 'Fix: the workflow lines named above, by hand'; exit 1; }

FROM node:26-trixie-slim AS shell
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt/lists,sharing=locked <<SH
  set -eu
  rm -f /etc/apt/apt.conf.d/docker-clean
  apt-get update -q
  apt-get install -y -q --no-install-recommends shellcheck
SH
WORKDIR /app
COPY scripts scripts
COPY docker docker
COPY .ci .ci
COPY tests/support/*.sh tests/support/
# What a library takes from who sources it, and leaves there, is not in its own file.
RUN { shellcheck --external-sources --source-path=SCRIPTDIR:/app scripts/*.sh scripts/hooks/* docker/*.sh docker/*/*.sh tests/support/*.sh .ci/run && \
      shellcheck --external-sources --exclude=SC2034,SC2154 scripts/lib/*.sh; } || { echo 'Fix: the lines named above, by hand'; exit 1; }

# Installed first, then what seldom changes, then the sources: an edit costs a copy.
FROM node:26-trixie-slim AS tools
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt/lists,sharing=locked <<SH
  set -eu
  rm -f /etc/apt/apt.conf.d/docker-clean
  apt-get update -q
  apt-get install -y -q --no-install-recommends chromium curl docker-cli docker-compose docker-buildx docker-registry git libfaketime openssh-client openssh-server openssl pebble swift-account swift-container swift-object swift-proxy testssl.sh
  docker compose version
  # Keys that every container of this image would share.
  rm -f /etc/ssh/ssh_host_*
SH
ENV CHROMIUM_PATH=/usr/bin/chromium
WORKDIR /app
COPY --from=dependencies /app ./
COPY . .
