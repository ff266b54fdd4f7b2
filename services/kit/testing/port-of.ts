/** The port in a service's "listening" log line, for a service that was told to take any free port. */
export function portOf(logLine: string): number {
  return (JSON.parse(logLine) as { port: number }).port
}
