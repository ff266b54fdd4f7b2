import type { PgBackRest } from './pgbackrest.ts'

/** What is wrong with the repository, in pgBackRest's words; none when all is well. */
export async function verifyRepository(pgBackRest: PgBackRest): Promise<string[]> {
  const { code, output, complaint } = await pgBackRest.end('verify', ['--output=text', '--verbose'])
  // Its code is 0 also when it has found damage: only the text tells.
  const isWell = code === 0 && /^\s*status: ok/m.test(output)
  if (isWell) return []
  const lines = `${output}\n${complaint}`.split('\n').map((line) => line.trim())
  const telling = lines.filter((line) => /invalid|missing|error|mismatch/i.test(line) && !/: 0$/.test(line))
  return telling.length > 0 ? telling : [`pgbackrest verify ended with ${code} and said nothing`]
}
