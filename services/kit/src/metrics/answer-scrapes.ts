import type { RequestListener } from 'node:http'
import type { Metrics } from './create-metrics.ts'

/** Answers GET /metrics and nothing else. For a port of its own: what a service measures is not for its users. */
export function answerScrapes(metrics: Metrics): RequestListener {
  return async (request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end()
    const text = await metrics.print()
    response.writeHead(200, { 'Content-Type': metrics.contentType }).end(text)
  }
}
