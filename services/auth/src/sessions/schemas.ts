import { z } from 'zod'
import type { ListedSession } from './session-store.ts'

/** The password grant's form, RFC 6749 section 4.3.2, as FastAPI's OAuth2PasswordRequestForm takes it. */
export const signInForm = z
  .object({
    username: z.string(),
    password: z.string(),
    grant_type: z
      .string()
      .regex(/^password$/)
      .optional(),
    scope: z.string().optional(),
    client_id: z.string().optional(),
    client_secret: z.string().optional(),
  })
  .meta({ title: 'SignInForm' })

export const bearerToken = z
  .object({ access_token: z.string(), token_type: z.literal('bearer') })
  .meta({ title: 'BearerToken' })

export function toBearerToken(accessToken: string): z.input<typeof bearerToken> {
  return { access_token: accessToken, token_type: 'bearer' }
}

const session = z
  .object({
    id: z.uuid(),
    device: z.string(),
    address: z.string(),
    created_at: z.string(),
    last_used_at: z.string(),
    expires_at: z.string(),
    is_current: z.boolean(),
  })
  .meta({ title: 'Session' })

export const sessionList = z.object({ items: z.array(session) }).meta({ title: 'SessionList' })

export const endedCount = z.object({ ended: z.number().int() }).meta({ title: 'EndedCount' })

export const endedSessions = z.object({ ids: z.array(z.uuid()) }).meta({ title: 'EndedSessions' })

export function toSession(listed: ListedSession, currentId: string): z.input<typeof session> {
  return {
    id: listed.id,
    device: listed.device,
    address: listed.address,
    created_at: listed.createdAt.toISOString(),
    last_used_at: listed.refreshedAt.toISOString(),
    expires_at: listed.expiresAt.toISOString(),
    is_current: listed.id === currentId,
  }
}
