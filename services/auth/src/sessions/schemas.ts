import { z } from 'zod'

/** The password grant's form, RFC 6749 section 4.3.2, as FastAPI's OAuth2PasswordRequestForm takes it. */
export const signInForm = z
  .object({
    username: z.string(),
    password: z.string(),
    grant_type: z.literal(['password', '']).optional(),
    scope: z.string().optional(),
    client_id: z.string().optional(),
    client_secret: z.string().optional(),
  })
  .meta({ title: 'SignInForm' })

export const bearerToken = z
  .object({ access_token: z.string(), token_type: z.literal('bearer') })
  .meta({ title: 'BearerToken' })
