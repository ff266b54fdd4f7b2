import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import openapiTS, { astToString } from 'openapi-typescript'

/**
 * Usage: node web/build/write-client.ts [--check] — writes the types of the app's client from the documents of the services,
 * or fails when those that are there say something else.
 */
async function main(isCheck: boolean): Promise<void> {
  const files = await Promise.all(['auth', 'api'].map(describe))
  const stale = files.filter(({ path, text }) => read(path) !== text)
  if (isCheck && stale.length > 0) {
    const names = stale.map(({ service }) => service).join(' and ')
    throw new Error(`The client in web/src/lib/api is not that of the ${names} service.`)
  }
  for (const { path, text } of stale) writeFileSync(path, text)
}

async function describe(service: string): Promise<{ service: string; path: string; text: string }> {
  const root = join(import.meta.dirname, '../..')
  const program = join(root, 'services/kit/build/print-openapi.ts')
  const document = execFileSync(process.execPath, [program, service], { encoding: 'utf8' })
  const types = astToString(await openapiTS(JSON.parse(document)))
  const text = `// Written by web/build/write-client.ts from the OpenAPI document of ${service}. Fix: npm run fix\n${types}`
  return { service, path: join(root, `web/src/lib/api/${service}-schema.d.ts`), text }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

await main(process.argv.includes('--check'))
