import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { portOf } from '@finity/kit/testing/port-of.ts'
import { type StartedProcess, startProcess } from '@finity/kit/testing/start-process.ts'

export type StartedApi = { process: StartedProcess; port: number }

/** The service as it is in production: its bundle, made in this folder, with the flags of compose/prod.yml. */
export async function startApi(folder: string, settings: Record<string, string>): Promise<StartedApi> {
  const builder = new URL('../../kit/build/bundle-service.ts', import.meta.url).pathname
  execFileSync(process.execPath, [builder, 'api', folder])
  const api = startProcess(join(folder, 'main.js'), {
    NODE_ENV: 'production',
    NODE_OPTIONS: '--expose-gc --max-semi-space-size=16 --max-old-space-size=192',
    DATABASE_PASSWORD: 'trusted',
    API_SECRET: 'x'.repeat(32),
    HOST: '127.0.0.1',
    PORT: '0',
    METRICS_PORT: '0',
    ...settings,
  })
  return { process: api, port: portOf(await api.says('"listening"')) }
}
