import type { paths as ApiPaths } from './api-schema.d.ts'
import type { paths as AuthPaths } from './auth-schema.d.ts'
import { openClient } from './open-client.ts'
import { sendForSession } from './send-for-session.ts'

/** Requests for whoever is signed in. */
export const auth = openClient<AuthPaths>(sendForSession)
export const api = openClient<ApiPaths>(sendForSession)
