import { backup, idOf, readStatus } from './support/backup.ts'
import { fillDatabase, inDatabase } from './support/fill-database.ts'
import { project } from './support/releases.ts'
import { aSignedInAccount, send } from './support/requests.ts'
import { compose, docker, until } from './support/stack.ts'

/**
 * From empty volumes to the first good answer of the api, for databases of so many gigabytes that do not compress, beside a raw copy of
 * the data. Usage: npm run bench -- restores, with SIZES=1,5
 */
const sizes = (process.env.SIZES ?? '1').split(',').map(Number)

const rows: Record<string, number>[] = []
const account = await aSignedInAccount()
await until(async () => readStatus().drill !== null, 240_000)
for (const gigabytes of sizes) {
  await fillDatabase(gigabytes)
  const copySeconds = copy()
  rows.push({ 'GB of data': dataGigabytes(), 'copy, s': copySeconds, ...(await restoreAll()) })
}
console.table(rows)

/** Without the log, whose old segments a restore does not bring back. */
function copy(): number {
  const script =
    'rm -rf /to/copy; mkdir /to/copy; cd /data/18/docker; sync; s=$(date +%s%N); find . -mindepth 1 -maxdepth 1 ! -name pg_wal -exec cp -a -t /to/copy {} +; sync; e=$(date +%s%N); rm -rf /to/copy; echo $(((e - s) / 1000000))'
  const volumes = ['--volume', `${project}_postgres_data:/data:ro`, '--volume', `${project}_copies:/to`]
  docker('volume', 'create', '--label', `com.docker.compose.project=${project}`, `${project}_copies`)
  return (
    Number(
      docker('run', '--rm', '--user', '0', ...volumes, '--entrypoint', 'sh', 'finity-backup', '-c', script),
    ) / 1_000
  )
}

function dataGigabytes(): number {
  const bytes = inDatabase('select sum(pg_database_size(oid)) from pg_database')
  return Math.round(Number(bytes) / 1e7) / 100
}

async function restoreAll(): Promise<Record<string, number>> {
  docker('kill', idOf('db'))
  docker('rm', '--force', ...['db', 'backup', 'api', 'web'].map(idOf))
  docker('volume', 'rm', `${project}_postgres_data`, `${project}_media_data`)
  const startedAt = performance.now()
  const { code, output, seconds } = await backup('restore', '--yes')
  if (code !== 0) throw new Error(output)
  console.info(output)
  compose('prod', 'up', '--detach')
  await until(async () => (await send('/api/documents?limit=1', account)).status === 200, 120_000)
  return {
    'restore, s': seconds,
    'to the first answer, s': Math.round(performance.now() - startedAt) / 1_000,
  }
}
