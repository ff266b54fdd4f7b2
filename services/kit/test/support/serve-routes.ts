import { afterAll } from 'vitest'
import { assembleApp } from '../../src/http/assemble-app.ts'
import type { Route } from '../../src/http/define-route.ts'
import { createMetrics, type Metrics } from '../../src/metrics/create-metrics.ts'
import { createLogger } from '../../src/process/create-logger.ts'
import { type Lifecycle, newLifecycle } from '../../src/process/lifecycle.ts'
import { type Answer, type RequestParts, sendRequest } from '../../testing/send-request.ts'
import { serveApp } from '../../testing/serve-app.ts'

export type ServedRoutes = {
  url: string
  send: (path: string, parts?: RequestParts) => Promise<Answer>
  logLines: Record<string, unknown>[]
  lifecycle: Lifecycle
  metrics: Metrics
}

type ServeOptions = { corsOrigins?: string[]; trustedProxyHops?: number; bodyTimeMs?: number }

/** An app of these routes, and everything it logs. */
export async function serveRoutes(
  routes: Route[],
  { corsOrigins = [], trustedProxyHops = 0, bodyTimeMs = 30_000 }: ServeOptions = {},
): Promise<ServedRoutes> {
  const logLines: Record<string, unknown>[] = []
  const logger = createLogger('test', 'info', {
    write: (line: string) => void logLines.push(JSON.parse(line)),
  })
  const lifecycle = newLifecycle()
  const metrics = createMetrics('test')
  const served = await serveApp(
    assembleApp({
      logger,
      metrics,
      lifecycle,
      corsOrigins,
      trustedProxyHops,
      bodyTimeMs,
      database: { during: (work) => work },
      routes,
    }),
  )
  afterAll(served.close)
  return {
    url: served.url,
    send: (path, parts) => sendRequest(served.url + path, parts),
    logLines,
    lifecycle,
    metrics,
  }
}
