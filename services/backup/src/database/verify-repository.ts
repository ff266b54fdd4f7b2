import { setTimeout as pause } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { type PgBackRest, stanza } from './pgbackrest.ts'

/** What is wrong with the repository, in pgBackRest's words, which are noted; none when all is well. */
export async function verifyRepository({
  pgBackRest,
  status,
}: Pick<Context, 'pgBackRest' | 'status'>): Promise<string[]> {
  const damages = await findDamages(pgBackRest)
  status.change({ damages })
  return damages
}

async function findDamages(pgBackRest: PgBackRest): Promise<string[]> {
  return [...(await readAll(pgBackRest)), ...(await findGaps(pgBackRest))]
}

/** pgBackRest takes a segment that is missing for no damage. What is being pushed right now may be there in another order. */
async function findGaps(pgBackRest: PgBackRest): Promise<string[]> {
  const before = await listGaps(pgBackRest)
  if (before.length === 0) return []
  await pause(pushMs)
  const after = await listGaps(pgBackRest)
  return before.filter((gap) => after.includes(gap))
}

const pushMs = 5_000

async function listGaps(pgBackRest: PgBackRest): Promise<string[]> {
  const { code, output } = await pgBackRest.end('repo-ls', [`archive/${stanza}`, '--recurse'])
  return code === 0 ? gapsIn(output.split('\n')) : []
}

/** Of the log's segments, by their files in the archive. Each timeline has its own, one after the other. */
export function gapsIn(files: string[]): string[] {
  const segments = files
    .map((file) => /^(.+?)\/.*\/([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})-[0-9a-f]{40}/.exec(file))
    .filter((match) => match !== null)
    .map(([, cluster = '', timeline = '', high = '', low = '']) => ({
      log: `${cluster}/${timeline}`,
      number: Number.parseInt(high, 16) * 256 + Number.parseInt(low, 16),
      name: timeline + high + low,
    }))
    .sort((one, other) => (one.log === other.log ? one.number - other.number : one.log < other.log ? -1 : 1))
  return segments.flatMap(({ log, number, name }, index) => {
    const next = segments[index + 1]
    const missing = next?.log === log ? next.number - number - 1 : 0
    return missing > 0 ? [`the log has a gap: ${missing} segment(s) are missing after ${name}`] : []
  })
}

async function readAll(pgBackRest: PgBackRest): Promise<string[]> {
  const { code, output, complaint } = await pgBackRest.end('verify', ['--output=text', '--verbose'])
  // Its code is 0 also when it has found damage: only the text tells.
  const isWell = code === 0 && /^\s*status: ok/m.test(output)
  if (isWell) return []
  const lines = `${output}\n${complaint}`.split('\n').map((line) => line.trim())
  const telling = lines.filter((line) => /invalid|missing|error|mismatch/i.test(line) && !/: 0$/.test(line))
  return telling.length > 0 ? telling : [`pgbackrest verify ended with ${code} and said nothing`]
}
