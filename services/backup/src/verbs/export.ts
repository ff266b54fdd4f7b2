import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { StartupFault } from '@finity/kit/env/startup-fault.ts'
import type { Context } from '../context.ts'
import { searchPath } from '../programs/run-program.ts'
import { backupRole } from '../server/live-server.ts'

const databases = ['finity_auth', 'finity_db']

/**
 * One of the databases as SQL that any PostgreSQL reads, or the media as a tar archive, on standard output: for whoever leaves, or wants to
 * look elsewhere. Exit code 1 where it is not whole.
 */
export async function exportData({ config, live }: Context, [what = '']: string[]): Promise<void> {
  const dump = [
    '--no-owner',
    '--no-privileges',
    `--host=${config.folders.socket}`,
    `--username=${backupRole}`,
    what,
  ]
  if (databases.includes(what)) return await pass('pg_dump', dump, live.environment())
  if (what === 'media')
    return await pass(
      'tar',
      ['--create', '--exclude=./incoming', `--directory=${config.folders.media}`, '.'],
      {},
    )
  throw new StartupFault(
    `There is no "${what}" to export. Name one of: ${[...databases, 'media'].join(', ')}.`,
  )
}

async function pass(program: string, words: string[], environment: Record<string, string>): Promise<void> {
  const child = spawn(program, words, {
    env: { PATH: searchPath, ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new StartupFault(`${program} ended with ${code}: what was written is not whole.`)
}
