import { isIPv6, SocketAddress } from 'node:net'

/** What attempts of an address are counted by. Who has one IPv6 address has its /64 network, so that counts as one. */
export function addressKey(ip: string): string {
  const [address = ''] = ip.split('%')
  if (!isIPv6(address)) return ip
  const canonical = new SocketAddress({ address, family: 'ipv6' }).address
  const mapped = /^::ffff:([\d.]+)$/.exec(canonical)
  return mapped?.[1] ?? `${firstGroups(canonical).join(':')}::/64`
}

/** The first four of the eight groups; `::` stands for as many zeros as are missing. */
function firstGroups(canonical: string): string[] {
  const [head = [], tail = []] = canonical.split('::').map((part) => part.split(':').filter(Boolean))
  const zeros = Array<string>(8 - head.length - tail.length).fill('0')
  return [...head, ...zeros, ...tail].slice(0, 4)
}
