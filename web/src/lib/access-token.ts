/** A JWT that the services accept for a short time; it lives in memory only. */
export type AccessToken = { value: string; accountId: string; renewAt: number }

/** A request under way takes the rest of a token's life. */
const MAX_REST_SECONDS = 30

/** Counts from the moment of arrival, so that a clock that is wrong does no harm. */
export function readAccessToken(value: string, now: number): AccessToken {
  const { sub, iat, exp } = JSON.parse(decodeBase64Url(value.split('.')[1] ?? ''))
  const lifetime = exp - iat
  const rest = Math.min(MAX_REST_SECONDS, lifetime / 2)
  return { value, accountId: sub, renewAt: now + (lifetime - rest) * 1000 }
}

export function isExpiring({ renewAt }: AccessToken, now: number): boolean {
  return now >= renewAt
}

function decodeBase64Url(text: string): string {
  return atob(text.replaceAll('-', '+').replaceAll('_', '/'))
}
