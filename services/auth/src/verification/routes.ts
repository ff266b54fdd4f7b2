import { defineRoute, type Route } from '@finity/kit/http/define-route.ts'
import { z } from 'zod'
import { email, toUserRead, userRead } from '../accounts/schemas.ts'
import type { Context } from '../context.ts'
import { describeClient } from '../events/describe-client.ts'
import { requestVerification, verifyAddress } from './verify-address.ts'

export function verificationRoutes(context: Context): Route[] {
  const request = defineRoute({
    method: 'post',
    path: '/auth/request-verify-token',
    operationId: 'requestVerification',
    summary: 'Ask for a mail with a link that verifies the address',
    tag: 'verification',
    body: { as: 'json', schema: z.object({ email }).meta({ title: 'RequestVerification' }) },
    answers: { 202: { description: 'The same for every address', schema: z.null() } },
    faults: { 429: ['TOO_MANY_REQUESTS'] },
    handler: async (input) => {
      await requestVerification(context, input.body.email, describeClient(input.request))
      return { status: 202, body: null }
    },
  })
  const verify = defineRoute({
    method: 'post',
    path: '/auth/verify',
    operationId: 'verifyAddress',
    summary: 'Verify the address by the link of a mail',
    tag: 'verification',
    body: { as: 'json', schema: z.object({ token: z.string() }).meta({ title: 'VerifyAddress' }) },
    answers: { 200: { description: 'The account', schema: userRead } },
    faults: {
      400: ['VERIFY_USER_BAD_TOKEN', 'VERIFY_USER_ALREADY_VERIFIED'],
      429: ['TOO_MANY_REQUESTS'],
    },
    handler: async (input) => ({
      status: 200,
      body: toUserRead(await verifyAddress(context, input.body.token, describeClient(input.request))),
    }),
  })
  return [request, verify]
}
