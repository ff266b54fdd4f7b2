import type { OffsiteSettings } from '../config.ts'
import type { ResticPlace } from '../media/restic-place.ts'
import { type Ended, endProgram, failure } from '../programs/run-program.ts'

export type S3Place = ResticPlace & {
  /** As run, whatever its code. Throws where S3 does not answer. */
  end: (words: string[]) => Promise<Ended>
}

/** restic asks for a quarter of an hour again and again; what is the matter is to be said before. */
const patienceMs = 30_000
const noRepository = 10

/** A folder of the bucket. What is there is encrypted with the same key as everything else. */
export function placeOnS3(
  { endpoint, bucket, region, pathStyle, accessKeyId, cache }: OffsiteSettings,
  folder: string,
  secrets: { key: string; s3SecretAccessKey: () => string },
): S3Place {
  const words = [
    '--retry-lock=2m',
    `-o=s3.bucket-lookup=${pathStyle ? 'path' : 'dns'}`,
    `-o=s3.region=${region}`,
  ]
  const environment = {
    RESTIC_REPOSITORY: `s3:${endpoint}/${bucket}/${folder}`,
    RESTIC_PASSWORD: secrets.key,
    RESTIC_CACHE_DIR: cache,
    AWS_ACCESS_KEY_ID: accessKeyId,
    HOME: '/tmp',
    // The CAs of the image, and one more that is given.
    SSL_CERT_FILE: '/etc/ssl/certs/ca-certificates.crt',
    SSL_CERT_DIR: '/run/s3',
  }

  async function end(command: string[], onLine?: (line: string) => void): Promise<Ended> {
    const watch = watchRetries()
    try {
      return await endProgram('restic', [...words, ...command], {
        environment: { ...environment, AWS_SECRET_ACCESS_KEY: secrets.s3SecretAccessKey() },
        onLine(line) {
          watch.onLine(line)
          onLine?.(line)
        },
        signal: watch.signal,
      })
    } catch (error) {
      if (!watch.signal.aborted) throw error
      throw new Error(`S3 at ${endpoint} does not do what it is asked: ${watch.reason()}`)
    } finally {
      watch.stop()
    }
  }

  return {
    environment,
    words,
    end,
    async run(command, onLine) {
      const ended = await end(command, onLine)
      if (ended.code !== 0) throw failure('restic', command, ended)
      return ended.output
    },
    async exists() {
      const command = ['cat', 'config', '--no-lock', '--quiet']
      const ended = await end(command)
      if (ended.code !== 0 && ended.code !== noRepository) throw failure('restic', command, ended)
      return ended.code === 0
    },
  }
}

/** Aborts where what restic asks for again has not succeeded for a while. */
function watchRetries() {
  const giveUp = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let reason = ''
  const stop = () => {
    clearTimeout(timer)
    timer = undefined
  }
  return {
    stop,
    signal: giveUp.signal,
    reason: () => reason,
    onLine(line: string) {
      const failed = /returned error, retrying after .*?: (.*)/.exec(line)
      if (failed) {
        reason = failed[1] ?? ''
        timer ??= setTimeout(() => giveUp.abort(), patienceMs)
      } else if (/operation successful after/.test(line)) stop()
    },
  }
}
