# The edge: the built app, the Caddyfile and Caddy. "source" is that stage of service.Dockerfile (docker-bake.hcl).

FROM source AS build
ENV NODE_ENV=production
RUN npm run build -w web && node docker/sbom/describe-packages.ts web web/dist/packages.json /out && rm web/dist/packages.json

# GNU wget answers for the health check: the image has no shell.
FROM node:26-trixie-slim AS wget
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt/lists,sharing=locked <<SH
  set -eu
  rm -f /etc/apt/apt.conf.d/docker-clean
  apt-get update -q
  apt-get install -y -q --no-install-recommends wget ca-certificates
SH
COPY docker/copy-program.sh /usr/local/bin/copy-program
COPY docker/record-packages.sh /usr/local/bin/record-packages
RUN copy-program wget /out && install -D -m 644 /etc/ssl/certs/ca-certificates.crt /out/etc/ssl/certs/ca-certificates.crt && record-packages /out

FROM caddy:2 AS caddy
COPY docker/copy-program.sh /usr/local/bin/copy-program
COPY docker/record-packages.sh /usr/local/bin/record-packages
COPY docker/sbom/describe-caddy.sh /usr/local/bin/describe-caddy
COPY --from=wget /out /out
RUN <<SH
  set -eu
  copy-program caddy /caddy
  record-packages /caddy
  describe-caddy /caddy
  cp -a /caddy/. /out/
  mkdir -p /out/data /out/config /out/tmp /out/srv /out/kept
  chown 65532:65532 /out/data /out/config
  chmod 1777 /out/tmp
  echo 'nonroot:x:65532:65532:nonroot:/tmp:/sbin/nologin' >/out/etc/passwd
  echo 'nonroot:x:65532:' >/out/etc/group
  chmod -R u=rwX,go=rX /out/etc /out/srv /out/usr/share /out/var
  find /out -exec touch -h -d @0 {} +
SH

# Neither the modes nor the times of a clone reach the image.
FROM build AS runtime-app
COPY Caddyfile /out/etc/caddy/Caddyfile
RUN cp -R web/dist /out/srv && chmod -R u=rwX,go=rX /out && find /out -exec touch --no-dereference --date=@0 {} +

# Caddy in a layer of its own: an edit makes, and a release brings, the app alone.
FROM scratch AS runtime
COPY --from=caddy /out /
COPY --from=runtime-app /out /
WORKDIR /srv
ENV PATH=/usr/local/bin:/usr/bin XDG_CONFIG_HOME=/config XDG_DATA_HOME=/data HOME=/tmp
USER 65532:65532
HEALTHCHECK CMD ["wget", "--quiet", "--spider", "http://127.0.0.1:2080/"]
ENTRYPOINT ["caddy"]
CMD ["run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
