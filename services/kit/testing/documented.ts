import type { Answer, RequestParts } from './send-request.ts'

type Operation = { security?: unknown; responses: Record<string, unknown> }
type Document = { paths: Record<string, Record<string, Operation>> }

export type DocumentedAnswer = { operation: string; status: number; documented: string[] }

/** Calls every operation of an OpenAPI document without any input, and says which answers it promises. */
export async function callEveryOperation(
  document: unknown,
  send: (path: string, parts: RequestParts) => Promise<Answer>,
  token?: string,
): Promise<DocumentedAnswer[]> {
  const operations = Object.entries((document as Document).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  return Promise.all(
    operations.map(async ({ path, method, operation }) => {
      const answer = await send(path.replaceAll(/\{\w+\}/g, 'x'), {
        method,
        ...(token !== undefined && { token }),
      })
      return {
        operation: `${method} ${path}`,
        status: answer.status,
        documented: Object.keys(operation.responses),
      }
    }),
  )
}
