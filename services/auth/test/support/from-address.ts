let lastAddress = 0

/** A request from behind one proxy. Without an address it has one of its own, so that limits by address do not mix in. */
export function from(address = `203.0.113.${++lastAddress}`): { headers: Record<string, string> } {
  return { headers: { 'x-forwarded-for': address } }
}
