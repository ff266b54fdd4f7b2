import { z } from 'zod'
import type { Context } from '../context.ts'
import { DeadLetterNotFound } from './errors.ts'

/** Puts a job that failed every time back into its queue, as if it were new. */
export async function retryDeadLetter({ jobQueue }: Context, id: string): Promise<void> {
  if (!isId(id) || !(await jobQueue.retryDeadLetter(id))) throw new DeadLetterNotFound()
}

/** Gives a job up for good. */
export async function removeDeadLetter({ jobQueue }: Context, id: string): Promise<void> {
  if (!isId(id) || !(await jobQueue.removeDeadLetter(id))) throw new DeadLetterNotFound()
}

function isId(text: string): boolean {
  return z.uuid().safeParse(text).success
}
