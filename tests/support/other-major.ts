import { imageOf, project } from './releases.ts'
import { docker } from './stack.ts'

/** A repository with the key of the stack, in which a server of the major before has its backup. */
export function makeRepositoryOfMajorBefore(): string {
  const volume = `${project}_major_before`
  docker('volume', 'create', '--label', `com.docker.compose.project=${project}`, volume)
  const mounts = [
    '--volumes-from',
    `${project}-backup-1`,
    '--volume',
    `${volume}:/backups`,
    '--tmpfs',
    '/var/run/postgresql:uid=999',
  ]
  docker(
    'run',
    '--rm',
    ...mounts,
    '--entrypoint',
    'sh',
    imageOf('postgres-upgrade', 'latest'),
    '-euc',
    script,
  )
  return volume
}

const script = `
PATH=/usr/lib/postgresql/17/bin:$PATH
export PGBACKREST_REPO1_CIPHER_PASS=$(cat /run/secrets/backup_key) PGBACKREST_PG1_PATH=/tmp/17
back() { pgbackrest --config=/etc/finity/pgbackrest.conf --stanza=finity --pg1-user=postgres "$@"; }
initdb --pgdata /tmp/17 --username postgres --auth trust >/dev/null
push='pgbackrest --config=/etc/finity/pgbackrest.conf --stanza=finity archive-push %p'
pg_ctl --pgdata /tmp/17 --wait --options "-c archive_mode=on -c archive_command='$push' -c listen_addresses=''" start >/dev/null
back stanza-create
back --type=full backup
pg_ctl --pgdata /tmp/17 --wait stop
`
