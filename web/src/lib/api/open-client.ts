import createClient, {
  type Client,
  type ClientPathsWithMethod,
  type FetchResponse,
  type MaybeOptionalInit,
} from 'openapi-fetch'
import { Failure, NetworkFailure } from '../failures.ts'

type Method = 'get' | 'put' | 'post' | 'delete' | 'patch'
type Media = `${string}/${string}`

/** What a call resolves with: the body of whichever answer is no refusal. */
type Answer<Operation> =
  Operation extends Record<string, unknown>
    ? Extract<FetchResponse<Operation, object, Media>, { error?: never }>['data']
    : never

type InitOf<Init> = undefined extends Init ? [Init?] : [Init]

type Call<Paths extends object, M extends Method> = <
  Path extends ClientPathsWithMethod<Client<Paths>, M> & keyof Paths,
>(
  path: Path,
  ...init: InitOf<MaybeOptionalInit<Paths[Path], M & keyof Paths[Path]>>
) => Promise<Answer<Paths[Path][M & keyof Paths[Path]]>>

export type UnwrappedClient<Paths extends object> = { [M in Method as Uppercase<M>]: Call<Paths, M> }

/** A client of one service, typed by its document. It resolves with the answer's JSON, and throws a Failure. */
export function openClient<Paths extends object>(
  send: (request: Request) => Promise<Response>,
): UnwrappedClient<Paths> {
  const client = createClient<Paths>({ fetch: send, headers: { Accept: 'application/json' } })
  const methods = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'] as const
  const calls = methods.map((method) => [method, unwrap(client[method] as AnyCall)])
  return Object.fromEntries(calls)
}

type AnyCall = (path: string, init?: { signal?: AbortSignal }) => Promise<{ data?: unknown }>

function unwrap(call: AnyCall) {
  return async (...[path, init]: Parameters<AnyCall>) => {
    try {
      return (await call(path, init)).data
    } catch (cause) {
      if (cause instanceof Failure || init?.signal?.aborted) throw cause
      // A captive portal answers 200 with its own page; a connection may break in the middle of an answer.
      throw new NetworkFailure('no usable answer', { cause })
    }
  }
}
