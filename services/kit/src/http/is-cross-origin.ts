import type { RequestFacts } from './define-route.ts'

/**
 * Whether a browser sent the request for a page of another origin. Browsers say so in Sec-Fetch-Site, older ones in Origin;
 * a client that sends neither is no browser and carries nobody's cookies.
 * Source: the algorithm of Go's net/http CrossOriginProtection, https://pkg.go.dev/net/http#CrossOriginProtection
 */
export function isCrossOrigin({ header }: Pick<RequestFacts, 'header'>, trustedOrigins: string[]): boolean {
  const origin = header('Origin')
  if (origin !== undefined && trustedOrigins.includes(origin)) return false
  const site = header('Sec-Fetch-Site')
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  if (origin === undefined) return false
  return !URL.canParse(origin) || new URL(origin).host !== header('Host')
}
