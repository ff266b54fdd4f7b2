import { defineRoute, type Route } from '@finity/kit/http/define-route.ts'
import { z } from 'zod'
import { email } from '../accounts/schemas.ts'
import type { Context } from '../context.ts'
import { describeClient } from '../events/describe-client.ts'
import { requestReset } from './request-reset.ts'
import { resetPassword } from './reset-password.ts'

export function passwordRoutes(context: Context): Route[] {
  const forgot = defineRoute({
    method: 'post',
    path: '/auth/forgot-password',
    operationId: 'forgotPassword',
    summary: 'Ask for a mail with a link that sets a new password',
    tag: 'passwords',
    body: { as: 'json', schema: z.object({ email }).meta({ title: 'ForgotPassword' }) },
    answers: { 202: { description: 'The same for every address', schema: z.null() } },
    faults: { 429: ['TOO_MANY_REQUESTS'] },
    handler: async ({ body, request }) => {
      await requestReset(context, body.email, describeClient(request))
      return { status: 202, body: null }
    },
  })
  const reset = defineRoute({
    method: 'post',
    path: '/auth/reset-password',
    operationId: 'resetPassword',
    summary: 'Set a new password by the link of a mail',
    tag: 'passwords',
    body: {
      as: 'json',
      schema: z.object({ token: z.string(), password: z.string() }).meta({ title: 'ResetPassword' }),
    },
    answers: { 200: { description: 'The password is set and all sessions have ended', schema: z.null() } },
    faults: {
      400: ['RESET_PASSWORD_BAD_TOKEN', 'RESET_PASSWORD_INVALID_PASSWORD'],
      429: ['TOO_MANY_REQUESTS'],
    },
    handler: async ({ body, request }) => {
      await resetPassword(context, body, describeClient(request))
      return { status: 200, body: null }
    },
  })
  return [forgot, reset]
}
