# cosign, which finds out whether an image was signed, for the server that deploys it (scripts/lib/signatures.sh).

# Debian's newer suite: the stable one's cosign does not know the signatures that today's writes unless it is told.
FROM node:26-trixie-slim AS cosign
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt/lists,sharing=locked <<SH
  set -eu
  rm -f /etc/apt/apt.conf.d/docker-clean
  cd /etc/apt
  for sources in sources.list sources.list.d/debian.sources; do
    [ ! -s "$sources" ] || sed -E 's/(trixie)( |$)/forky\2/' "$sources" >"sources.list.d/forky.${sources##*.}"
  done
  printf 'Package: *\nPin: release n=forky\nPin-Priority: 50\n' >preferences.d/forky
  apt-get update -q
  apt-get install -y -q --no-install-recommends ca-certificates cosign/forky
SH
COPY docker/copy-program.sh /usr/local/bin/copy-program
COPY docker/record-packages.sh /usr/local/bin/record-packages
COPY <<TEXT /out/usr/share/doc/finity/NOTICE
This image holds Finity, under the MIT licence, and Debian packages, each under a licence of its own: /usr/share/doc/NAME/copyright; the
texts that these name are in /usr/share/common-licenses. What is here in which version: /var/lib/dpkg.
TEXT
COPY docker/verify-images.sh /out/usr/bin/verify-images
RUN <<SH
  set -eu
  copy-program cosign /out
  copy-program dash /out
  mkdir -p /out/etc/ssl/certs
  cp /etc/ssl/certs/ca-certificates.crt /out/etc/ssl/certs/
  record-packages /out
  chmod 755 /out/usr/bin/verify-images
  find /out -exec touch -h -d @0 {} +
SH

# What it is given to keep a secret lies in /tmp, which is a tmpfs.
FROM scratch AS runtime
COPY --from=cosign /out /
ENV PATH=/usr/bin HOME=/tmp DOCKER_CONFIG=/tmp SSL_CERT_FILE=/tmp/ca.crt
USER 65532:65532
ENTRYPOINT ["dash", "/usr/bin/verify-images"]
