/** Prisma: not reachable, timed out, closed, no free connection in time, a transaction that took too long, too many connections. */
const prismaCodes = ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']

const adapterKinds = ['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections']

/**
 * PostgreSQL: statement timeout, shutting down, crashed, starting up, read-only after a failover, too many connections,
 * not accepting connections, being restored, class 08.
 */
const sqlStates = /^(57014|57P01|57P02|57P03|25006|53300|55000|3D000|08...)$/

const socketCodes = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/

/** node-postgres gives these no code. */
const driverSentences =
  /^(timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error)/

/**
 * Tells a database that is away, starting, overloaded or too slow from a fault of our own:
 * the former is worth trying again, so it becomes 503.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  return causesOf(error).some(saysUnavailable)
}

function saysUnavailable(link: Record<string, unknown>): boolean {
  const codes = [link.code, link.originalCode].filter((code) => typeof code === 'string')
  if (codes.some((code) => prismaCodes.includes(code) || sqlStates.test(code) || socketCodes.test(code)))
    return true
  if (typeof link.kind === 'string' && adapterKinds.includes(link.kind)) return true
  return typeof link.message === 'string' && driverSentences.test(link.message)
}

/** The error and what it says caused it; Prisma keeps the driver's error under `meta`. */
function causesOf(error: unknown): Record<string, unknown>[] {
  const links: Record<string, unknown>[] = []
  let next = error
  while (isRecord(next) && links.length < 8) {
    links.push(next)
    const meta = isRecord(next.meta) ? next.meta.driverAdapterError : undefined
    next = meta ?? next.cause
  }
  return links
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
