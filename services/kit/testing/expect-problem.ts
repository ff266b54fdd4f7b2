import { expect } from 'vitest'
import type { Answer } from './send-request.ts'

/** The answer is a problem of RFC 9457 with this status and detail, and carries its request id in body and header. */
export function expectProblem(answer: Answer, status: number, detail: unknown): void {
  expect({ ...answer, headers: answer.headers.get('content-type') }).toEqual({
    status,
    headers: 'application/problem+json; charset=utf-8',
    body: { title: expect.any(String), status, detail, requestId: answer.headers.get('x-request-id') },
  })
}

/** 422 with one fault of this type at this place. */
export function expectFault(answer: Answer, type: string, loc: (string | number)[]): void {
  expectProblem(answer, 422, [{ type, loc, msg: expect.any(String) }])
}
