import { defineRoute, type Route } from '@finity/kit/http/define-route.ts'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { keySetMaxAgeSeconds } from './signing-keys.ts'

const jwks = z.object({ keys: z.array(z.record(z.string(), z.unknown())) }).meta({ title: 'JsonWebKeySet' })

/** RFC 7517: the public keys with which anyone can check an access token. */
export function tokenRoutes({ signingKeys }: Context): Route[] {
  const publishKeys = defineRoute({
    method: 'get',
    path: '/.well-known/jwks.json',
    operationId: 'readSigningKeys',
    summary: 'The public keys of access tokens',
    tag: 'tokens',
    answers: { 200: { description: 'A key set', schema: jwks } },
    handler: async () => ({
      status: 200,
      body: { keys: (await signingKeys.published()).map((key) => ({ ...key })) },
      headers: { 'Cache-Control': `public, max-age=${keySetMaxAgeSeconds}` },
    }),
  })
  return [publishKeys]
}
