# The gate: a pause process that holds the edge's network and its published ports, while one edge takes over from another.

FROM node:26-trixie-slim AS catatonit-package
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt/lists,sharing=locked <<SH
  set -eu
  rm -f /etc/apt/apt.conf.d/docker-clean
  apt-get update -q
  apt-get install -y -q --no-install-recommends catatonit
SH

FROM catatonit-package AS catatonit
COPY docker/copy-program.sh /usr/local/bin/copy-program
RUN copy-program catatonit /out && find /out -exec touch -h -d @0 {} +

FROM scratch AS runtime
COPY --from=catatonit /out /
ENV PATH=/usr/bin
USER 65532:65532
HEALTHCHECK CMD ["catatonit", "--version"]
ENTRYPOINT ["catatonit", "-P"]
