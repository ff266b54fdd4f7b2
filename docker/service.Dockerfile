# Every Node service: deps → generated → dev, source → test, and build → runtime. ARG SERVICE names the folder under services/.

FROM node:26-trixie-slim AS deps
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY services/kit/package.json services/kit/
COPY services/auth/package.json services/auth/
COPY services/api/package.json services/api/
COPY services/backup/package.json services/backup/
COPY web/package.json web/
COPY tests/package.json tests/
RUN --mount=type=cache,target=/root/.npm,sharing=locked \
    --mount=type=secret,id=ca --mount=type=secret,id=npmrc,target=/root/.npmrc <<SH
  set -eu
  [ ! -s /run/secrets/ca ] || export NODE_EXTRA_CA_CERTS=/run/secrets/ca npm_config_cafile=/run/secrets/ca
  npm ci
SH

FROM deps AS generated
COPY services/auth/prisma services/auth/prisma
COPY services/auth/prisma.config.ts services/auth/
COPY services/api/prisma services/api/prisma
COPY services/api/prisma.config.ts services/api/
# Prisma would fetch an engine that generating does not use: any existing file stops it.
RUN PRISMA_SCHEMA_ENGINE_BINARY=/bin/true npm run generate --workspaces --if-present

# Sources are mounted here (compose/dev.yml), so an edit never builds an image; what is installed and generated is the image's.
# A restart is a quarter faster with what the last one compiled.
FROM generated AS dev
# A named volume takes the owner of the folder that it is first mounted over.
RUN install -d -o 65532 -g 65532 /data/media
ENV NODE_ENV=development NODE_COMPILE_CACHE=/tmp/node-compile-cache
USER 65532:65532

FROM generated AS source
COPY . .

FROM source AS test
ENV NODE_ENV=test HOME=/tmp
USER 65532:65532
CMD ["npx", "vitest", "run", "--configLoader", "runner"]

FROM generated AS build
ARG SERVICE
COPY tsconfig.base.json ./
COPY services services
COPY docker/sbom docker/sbom
RUN node services/kit/build/bundle-service.ts "$SERVICE" /out/app /tmp/packages.json && node docker/sbom/describe-packages.ts "$SERVICE" /tmp/packages.json /out

FROM node:26-trixie-slim AS node-packages
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt/lists,sharing=locked <<SH
  set -eu
  rm -f /etc/apt/apt.conf.d/docker-clean
  apt-get update -q
  apt-get install -y -q --no-install-recommends binutils ca-certificates
SH

# The Node binary with the libraries that it links, and nothing else: the layer that all services share.
FROM node-packages AS node-root
COPY docker/copy-program.sh /usr/local/bin/copy-program
COPY docker/record-packages.sh /usr/local/bin/record-packages
COPY docker/sbom /sbom
RUN <<SH
  set -eu
  copy-program node /out
  strip --strip-unneeded /out/usr/local/bin/node
  # Parts of the C library that native addons name apart.
  cp --dereference --parents /lib/*-linux-gnu/libdl.so.2 /lib/*-linux-gnu/libpthread.so.0 /lib/*-linux-gnu/librt.so.1 /lib/*-linux-gnu/libresolv.so.2 /out
  mkdir -p /out/etc/ssl/certs
  cp /etc/ssl/certs/ca-certificates.crt /out/etc/ssl/certs/
  record-packages /out
  node /sbom/describe-node.ts /out
  # Stand-ins of before it was brought along do not have it.
  [ ! -e /usr/local/LICENSE ] || install -D -m 644 /usr/local/LICENSE /out/usr/share/doc/node/LICENSE
  install -d -m 1777 /out/tmp
  echo 'nonroot:x:65532:65532:nonroot:/tmp:/sbin/nologin' >/out/etc/passwd
  echo 'nonroot:x:65532:' >/out/etc/group
  # Layers carry no build time: same content, same digest.
  find /out -exec touch --no-dereference --date=@0 {} +
SH

# Neither the modes nor the times of a clone reach the image.
FROM build AS runtime-app
RUN install -d -o 65532 -g 65532 /out/data/media && chmod -R u=rwX,go=rX /out && find /out -exec touch --no-dereference --date=@0 {} +

FROM scratch AS runtime
COPY --from=node-root /out /
COPY --from=runtime-app /out /
WORKDIR /app
ARG HEALTH_URL
ENV NODE_ENV=production PATH=/usr/local/bin SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt HEALTH_URL=${HEALTH_URL}
USER 65532:65532
HEALTHCHECK CMD ["node", "--eval", "http.get(process.env.HEALTH_URL, (r) => process.exit(r.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
ENTRYPOINT ["node"]
CMD ["main.js"]
