import { AsyncLocalStorage } from 'node:async_hooks'

/** The id of the request that the code at hand works for, however many calls below its handler. */
const current = new AsyncLocalStorage<string>()

/** Undefined in background work. */
export const currentRequestId = () => current.getStore()

export const inRequest = <T>(requestId: string, work: () => T): T => current.run(requestId, work)
