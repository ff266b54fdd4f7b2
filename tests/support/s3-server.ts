import { join } from 'node:path'
import { makeCertificate } from './certificate.ts'
import { project } from './releases.ts'
import { docker, folder, toolsImage } from './stack.ts'

const host = 's3.example.test'
const name = `${project}-s3`
const accessKeyId = 'backups:writer'
export const s3Secret = 'a-secret-that-only-this-test-knows'

/** An S3 server in the network of the stack, with a certificate that its own CA vouches for; and what stands in .env for it. */
export function startS3Server(): string[] {
  const place = join(folder, '.finity', 's3')
  const { key, certificate } = makeCertificate(place, `DNS:${host}`)
  const script = 'tests/support/serve-s3.sh'
  docker(
    'run',
    ...[
      '--detach',
      '--init',
      '--name',
      name,
      '--user',
      '0',
      '--label',
      `com.docker.compose.project=${project}`,
    ],
    ...['--network', `${project}-network`, '--network-alias', host, '--volume', `${place}:${place}:ro`],
    ...[toolsImage, 'sh', script, certificate, key, accessKeyId, s3Secret],
  )
  return [
    'BACKUP_S3_BUCKET=backups/stack',
    `BACKUP_S3_ENDPOINT=https://${host}:9000`,
    'BACKUP_S3_PATH_STYLE=true',
    `BACKUP_S3_ACCESS_KEY_ID=${accessKeyId}`,
    `BACKUP_S3_CA_FILE=${certificate}`,
  ]
}

/** A command in the container of the server, whose objects are files below /tmp/swift/devices. */
export const inS3Server = (command: string) => docker('exec', name, 'sh', '-c', command)
export const pauseS3Server = () => docker('network', 'disconnect', `${project}-network`, name)
export const resumeS3Server = () => docker('network', 'connect', '--alias', host, `${project}-network`, name)
