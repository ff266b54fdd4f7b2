import { once } from 'node:events'
import { connect } from 'node:net'

export type OpenSocket = {
  send: (text: string) => void
  /** Everything received, once the other side has closed. */
  received: Promise<string>
}

/** A bare TCP connection to the loopback interface, for requests that no HTTP client would send. */
export async function openSocket(port: number): Promise<OpenSocket> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  await once(socket, 'connect')
  // A cut connection is an end like any other here.
  socket.on('error', () => {})
  const received = new Promise<string>((resolve) => socket.once('close', () => resolve(text)))
  return { send: (part) => void socket.write(part), received }
}
