# The backup sidecar: the database image, so that pgBackRest and PostgreSQL are the server's own, with Node, restic and the service.
# "postgres" is that image, "service" and "node" are stages of service.Dockerfile (docker-bake.hcl).

FROM postgres AS programs
USER root
COPY --from=restic /out /

FROM scratch
COPY --from=programs / /
COPY --from=node /out /
COPY --from=service /out /
COPY docker/restore-wal.sh /usr/local/bin/restore-wal
WORKDIR /app
ENV NODE_ENV=production LANG=C.UTF-8 PGDATA=/var/lib/postgresql/18/docker \
    PATH=/usr/local/bin:/usr/bin:/bin:/usr/lib/postgresql/18/bin SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
    HEALTH_URL=http://127.0.0.1:3002/health
USER postgres
HEALTHCHECK CMD ["node", "--eval", "fetch(process.env.HEALTH_URL).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "main.js"]
