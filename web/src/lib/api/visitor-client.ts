import type { paths as ApiPaths } from './api-schema.d.ts'
import type { paths as AuthPaths } from './auth-schema.d.ts'
import { openClient } from './open-client.ts'
import { sendRequest } from './send-request.ts'

/** Requests that belong to no session, such as signing in. */
export const visitorAuth = openClient<AuthPaths>(sendRequest)
export const visitorApi = openClient<ApiPaths>(sendRequest)
