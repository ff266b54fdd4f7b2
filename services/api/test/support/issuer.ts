import { randomUUID } from 'node:crypto'
import { type Served, serveApp } from '@finity/kit/testing/serve-app.ts'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

export type Issuer = Served & {
  jwksUrl: string
  endedSessionsUrl: string
  endSession: (sessionId: string) => void
  deletedAccountsUrl: string
  /** Deletes an account, or adds one to the list of deleted accounts at this position. */
  deleteAccount: (accountId: string, position?: number) => void
  /** Empties that list, as the restore of an old backup does. */
  forgetDeletedAccounts: () => void
  /** How often the keys were asked for. */
  requests: () => number
  /** While away, the issuer answers 500 as a broken service would. */
  setAway: (isAway: boolean) => void
  /** Signs a good token for an account; `claims` and `header` replace parts of it. */
  sign: (accountId: string, claims?: JWTPayload, header?: { typ?: string; kid?: string }) => Promise<string>
  publicJwk: Record<string, unknown>
  changeKey: () => Promise<void>
}

/** Tests move the service's clock; their tokens outlive that. */
const farAway = Date.UTC(2100, 0, 1) / 1_000

/** A stand-in for the auth service: its keys over HTTP, and tokens signed with them. */
export async function anIssuer(): Promise<Issuer> {
  let key = await aKey()
  let requests = 0
  let isAway = false
  const ended: string[] = []
  const deleted: { position: number; account_id: string; deleted_at: string }[] = []
  const lastPosition = () => deleted.at(-1)?.position ?? 0
  const answers: Record<string, (query: URLSearchParams) => unknown> = {
    '/ready': () => ({ status: 'ready' }),
    '/.well-known/jwks.json': () => {
      requests += 1
      return { keys: [key.publicJwk] }
    },
    '/.well-known/ended-sessions.json': () => ({ ids: ended }),
    '/.well-known/deleted-accounts.json': (query) => ({
      items: deleted.filter(({ position }) => position > Number(query.get('after'))).slice(0, 1_000),
      position: lastPosition(),
    }),
  }
  const served = await serveApp(({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://issuer')
    const body = answers[pathname]?.(searchParams)
    response.writeHead(isAway ? 500 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  })

  function sign(accountId: string, claims: JWTPayload = {}, header: { typ?: string; kid?: string } = {}) {
    const now = Math.floor(Date.now() / 1_000)
    return new SignJWT({
      iss: 'finity-auth',
      aud: 'finity',
      sub: accountId,
      sid: randomUUID(),
      iat: now,
      exp: farAway,
      ...claims,
    })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: key.publicJwk.kid, ...header })
      .sign(key.privateKey)
  }

  return {
    ...served,
    jwksUrl: `${served.url}/.well-known/jwks.json`,
    endedSessionsUrl: `${served.url}/.well-known/ended-sessions.json`,
    endSession: (sessionId) => void ended.push(sessionId),
    deletedAccountsUrl: `${served.url}/.well-known/deleted-accounts.json`,
    deleteAccount: (accountId, position = lastPosition() + 1) => {
      deleted.push({ position, account_id: accountId, deleted_at: new Date().toISOString() })
    },
    forgetDeletedAccounts: () => void deleted.splice(0),
    requests: () => requests,
    setAway: (away) => {
      isAway = away
    },
    sign,
    publicJwk: key.publicJwk,
    changeKey: async () => {
      key = await aKey()
    },
  }
}

async function aKey() {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA')
  const jwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(jwk)
  return { privateKey, publicJwk: { ...jwk, kid, alg: 'EdDSA', use: 'sig' } }
}
