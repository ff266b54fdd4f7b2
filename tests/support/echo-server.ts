import { createServer } from 'node:http'

/** What stands behind an edge that is tested alone: tells what has come, and hangs up on who asks for it. */
const seen: string[] = []

for (const port of [8000, 3001]) {
  createServer((request, response) => {
    seen.push(request.url ?? '')
    if (request.url?.endsWith('/hang-up')) return void request.socket.destroy()
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
    })
    request.on('end', () => response.end(JSON.stringify({ headers: request.headers, bytes, seen })))
  }).listen(port)
}
