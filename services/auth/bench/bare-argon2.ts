import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { availableParallelism } from 'node:os'
import { limitWork } from '@finity/kit/process/limit-work.ts'
import { hash, verify } from '@node-rs/argon2'

/** The rival of measure-sign-ins.ts: an HTTP server whose requests cost one verification and nothing else. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const password = 'correct horse battery'
const hashed = await hash(password, cost)
const limit = limitWork({ concurrency: availableParallelism(), queueLimit: 200 })

const server = createServer(async (request, response) => {
  request.resume()
  response.end(request.url === '/health' ? 'ok' : String(await limit(() => verify(hashed, password))))
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(
    `${JSON.stringify({ msg: 'listening', port: (server.address() as AddressInfo).port })}\n`,
  )
})
