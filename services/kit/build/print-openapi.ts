import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLogger, type Logger } from '../src/process/create-logger.ts'

type ServiceModules = {
  readConfig: (environment: Record<string, string>) => object
  createContext: (parts: object) => { logger: Logger; close: () => Promise<void> }
  createApp: (context: unknown) => RequestListener
}

const openApiPaths: Record<string, string> = { auth: '/openapi.json', api: '/api/openapi.json' }

/** Settings that let a service describe itself; nothing is connected to. */
const environment = {
  DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing',
  JWKS_URL: 'http://127.0.0.1:1/',
  SECRET: 'only-for-a-description-that-needs-no-secret',
  USERS_VERIFICATION_TOKEN_SECRET: 'only-for-a-description-that-needs-no-secret-1',
  USERS_RESET_PASSWORD_TOKEN_SECRET: 'only-for-a-description-that-needs-no-secret-2',
  API_SECRET: 'only-for-a-description-that-needs-no-secret-3',
}

/** Usage: node services/kit/build/print-openapi.ts SERVICE — its OpenAPI document, as it serves it, without a database. */
async function printOpenApi(service: string): Promise<void> {
  const { readConfig, createContext, createApp } = await load(service)
  const logger = createLogger(service, 'silent')
  const context = createContext({ ...readConfig(environment), logger })
  const server = createServer(createApp(context)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const response = await fetch(`http://127.0.0.1:${port}${openApiPaths[service]}`)
  process.stdout.write(await response.text())
  server.close()
  await context.close()
}

async function load(service: string): Promise<ServiceModules> {
  const names = ['config', 'context', 'app']
  const modules = await Promise.all(names.map((name) => import(`../../${service}/src/${name}.ts`)))
  return Object.assign({}, ...modules)
}

await printOpenApi(process.argv[2] ?? '')
