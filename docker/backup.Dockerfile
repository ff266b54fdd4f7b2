# The backup sidecar: the database image, so that pgBackRest and PostgreSQL are the server's own, with Node, restic and the service.
# "database" is that image, "service" and "node" are stages of service.Dockerfile (docker-bake.hcl).

FROM postgres:18-trixie AS programs
COPY --from=node /out/usr/local/bin/node /out/usr/local/bin/node
RUN <<SH
  set -eu
  # Of what Node links, the database image has nearly everything.
  missing=$(ldd /out/usr/local/bin/node | sed -n 's/^[[:space:]]*\([^ ]*\) => not found$/\1/p')
  apt-get update -q
  apt-get install -y -q --no-install-recommends restic libatomic1 libstdc++6
  cp --dereference --parents /usr/bin/restic /out
  for library in $missing; do cp --dereference --parents "/usr/lib/$(uname -m)-linux-gnu/$library" /out; done
SH
COPY docker/record-packages.sh /usr/local/bin/record-packages
RUN record-packages /out
COPY --from=node /out/usr/share/doc /out/usr/share/doc
COPY --from=service /out/usr/share/doc /out/usr/share/doc
COPY docker/restore-wal.sh /out/usr/local/bin/restore-wal
# Neither the modes nor the times of a clone reach the image. A volume takes the owner of the folder that it is first mounted over.
RUN chmod -R u=rwX,go=rX /out && chmod 755 /out/usr/local/bin/* /out/usr/bin/* && install -d -o 65532 -g 65532 -m 2775 /out/data/media && find /out -exec touch --date=@0 {} +

FROM database
COPY --from=programs /out /
COPY --from=node /out/etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=service /out/app /app
WORKDIR /app
ENV NODE_ENV=production SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt HEALTH_URL=http://127.0.0.1:3002/health
EXPOSE 3002
STOPSIGNAL SIGTERM
HEALTHCHECK CMD ["node", "--eval", "http.get(process.env.HEALTH_URL, (r) => process.exit(r.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
ENTRYPOINT ["node", "/app/main.js"]
CMD ["serve"]
