import type { Request } from 'express'

/** The client's address behind the trusted proxies; an IPv4 address is written as one, though the socket speaks IPv6. */
export function clientAddressOf({ ip = '' }: Request): string {
  return ip.replace(/^::ffff:(?=[\d.]+$)/i, '')
}
