import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerScrapes } from '../metrics/answer-scrapes.ts'
import type { Metrics } from '../metrics/create-metrics.ts'
import type { Logger } from './create-logger.ts'
import { type DrainOptions, prepareToDrain } from './drain-server.ts'
import type { Lifecycle } from './lifecycle.ts'

export type RunOptions = DrainOptions & {
  app: RequestListener
  host: string
  port: number
  metrics: Metrics
  /** Metrics have a port of their own, which no proxy leads to. */
  metricsPort: number
  lifecycle: Lifecycle
  /** Releases what the app holds, such as database connections. */
  close: () => Promise<void>
}

const stopSignals = ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const

/** After SIGQUIT what is in flight may take this long: whoever sends it, as a deploy does, has a successor at work already. */
const unhurriedSeconds = 3_600

/** Listens, serves until a stop signal, lets requests in flight finish, releases everything. The exit code is 1 only if it failed to start. */
export async function runUntilSignal(options: RunOptions): Promise<void> {
  const { logger, lifecycle } = options
  crashLoudly(logger)
  const stopped = nextStopSignal()
  const server = createPatientServer(options.app)
  const drain = prepareToDrain(server)
  // Unreferenced: metrics alone keep no process alive.
  const metricsServer = createServer(answerScrapes(options.metrics)).unref()
  const metricsPort = await listen(metricsServer, options.metricsPort, options)
  const port = metricsPort && (await listen(server, options.port, options))
  if (!port) return options.close()

  logger.info({ host: options.host, port, metricsPort }, 'listening')
  const signal = await stopped
  lifecycle.isDraining = true
  const drainTimeoutSeconds = signal === 'SIGQUIT' ? unhurriedSeconds : options.drainTimeoutSeconds
  logger.info({ signal, drainTimeoutSeconds }, 'draining')
  await drain({ ...options, drainTimeoutSeconds })
  metricsServer.close()
  await options.close().catch((error: unknown) => logger.error({ err: error }, 'could not close everything'))
  logger.info('stopped')
  // Whatever still holds the event loop has had its time.
  setTimeout(() => process.exit(), 1_000).unref()
}

/**
 * Slow senders are cut off: of headers here, of bodies by the app, which knows the routes that take long ones.
 * Idle connections outlive those of a proxy, which therefore closes first.
 */
function createPatientServer(app: RequestListener): Server {
  return createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 0,
      keepAliveTimeout: 75_000,
      connectionsCheckingInterval: 2_000,
    },
    app,
  )
}

/** Resolves with the port, which the system chooses when 0 is asked for, or with undefined when it cannot be had. */
async function listen(
  server: Server,
  port: number,
  { host, logger }: RunOptions,
): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.ErrnoException | undefined>()
  server.once('error', resolve)
  server.listen({ host, port }, () => resolve(undefined))
  const error = await promise
  if (!error) return (server.address() as AddressInfo).port
  const reason = error.code === 'EADDRINUSE' ? 'another process uses this port' : error.message
  logger.fatal({ host, port, code: error.code }, `cannot listen on port ${port}: ${reason}`)
  process.exitCode = 1
}

function nextStopSignal(): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  for (const signal of stopSignals) process.on(signal, () => resolve(signal))
  return promise
}

function crashLoudly(logger: Logger): void {
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'crashed')
    process.exit(1)
  })
}
