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
COPY docker/record-packages.sh /usr/local/bin/record-packages
COPY <<TEXT /out/usr/share/doc/finity/NOTICE
This image holds Debian packages, each under a licence of its own: /usr/share/doc/NAME/copyright; the texts that these name are in
/usr/share/common-licenses. What is here in which version: /var/lib/dpkg.
TEXT
RUN copy-program catatonit /out && record-packages /out && find /out -exec touch -h -d @0 {} +

FROM scratch AS runtime
COPY --from=catatonit /out /
ENV PATH=/usr/bin
USER 65532:65532
HEALTHCHECK CMD ["catatonit", "--version"]
ENTRYPOINT ["catatonit", "-P"]
