import type { RequestFacts } from '@finity/kit/http/define-route.ts'
import bowser from 'bowser'

/** Who sends a request, as its account is shown it. */
export type Client = {
  address: string
  /** Such as "Firefox on Linux". */
  device: string
}

const longestHeader = 500
const longestName = 100

export function describeClient({
  clientAddress,
  header,
}: Pick<RequestFacts, 'clientAddress' | 'header'>): Client {
  return { address: clientAddress, device: describeDevice(header('User-Agent')) }
}

function describeDevice(userAgent: string | undefined): string {
  if (!userAgent) return 'Unknown device'
  const { browser, os } = bowser.parse(userAgent.slice(0, longestHeader))
  const name = browser.name || userAgent.split(/[\s/(]/, 1)[0] || 'Unknown browser'
  return (os.name ? `${name} on ${os.name}` : name).slice(0, longestName)
}
