import { defineRoute, type Route } from '@finity/kit/http/define-route.ts'
import { requireSuperuser } from '../access/require-account.ts'
import type { Context } from '../context.ts'
import { readBackups } from './read-backups.ts'
import { readSystem } from './read-system.ts'
import { backupsRead, deadLetterPath, noQuery, systemRead, toSystemRead } from './schemas.ts'
import { removeDeadLetter, retryDeadLetter } from './settle-dead-letter.ts'

export function systemRoutes(context: Context): Route[] {
  const shared = { tag: 'system', guard: requireSuperuser(context), query: noQuery }
  const read = defineRoute({
    ...shared,
    method: 'get',
    path: '/api/system',
    operationId: 'readSystem',
    summary: 'How the services and the background work are (superusers)',
    answers: { 200: { description: 'Failing services included', schema: systemRead } },
    faults: { 403: ['Forbidden'] },
    handler: async () => ({ status: 200, body: toSystemRead(await readSystem(context)) }),
  })
  const backups = defineRoute({
    ...shared,
    method: 'get',
    path: '/api/system/backups',
    operationId: 'readBackups',
    summary: 'How the backups are, and when the last was proven by a restore (superusers)',
    answers: { 200: { description: 'Also when nothing can be known', schema: backupsRead } },
    faults: { 403: ['Forbidden'] },
    handler: async () => ({ status: 200, body: await readBackups(context) }),
  })
  const faults = { 403: ['Forbidden'], 404: ['DEAD_LETTER_NOT_FOUND'] }
  const retry = defineRoute({
    ...shared,
    method: 'post',
    path: '/api/system/dead-letters/{id}/retry',
    operationId: 'retryDeadLetter',
    summary: 'Try a job again that failed every time (superusers)',
    params: deadLetterPath,
    answers: { 204: { description: 'It is in its queue again' } },
    faults,
    handler: async ({ params: { id } }) => {
      await retryDeadLetter(context, id)
      return { status: 204 }
    },
  })
  const remove = defineRoute({
    ...shared,
    method: 'delete',
    path: '/api/system/dead-letters/{id}',
    operationId: 'removeDeadLetter',
    summary: 'Give up a job that failed every time (superusers)',
    params: deadLetterPath,
    answers: { 204: { description: 'Given up' } },
    faults,
    handler: async ({ params: { id } }) => {
      await removeDeadLetter(context, id)
      return { status: 204 }
    },
  })
  return [read, backups, retry, remove]
}
