import { crc32, deflateSync } from 'node:zlib'

/** A grey square, darker at its top. */
export function aPicture(side: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.writeUInt8(8, 8)
  // Each row begins with the number of its filter: none.
  const rows = Array.from({ length: side }, (_, row) =>
    Buffer.concat([Buffer.of(0), Buffer.alloc(side, (row * 256) / side)]),
  )
  const chunks: [string, Buffer][] = [
    ['IHDR', header],
    ['IDAT', deflateSync(Buffer.concat(rows), { level: 9 })],
    ['IEND', Buffer.alloc(0)],
  ]
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    ...chunks.map(([type, data]) => pngChunk(type, data)),
  ])
}

function pngChunk(type: string, data: Buffer): Buffer {
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.write(type, 4, 'latin1')
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(data, crc32(type)))
  return Buffer.concat([frame, data, sum])
}
