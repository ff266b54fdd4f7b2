import type { Route } from '@finity/kit/http/define-route.ts'
import type { Context } from '../context.ts'
import { attachmentRoutes } from './attachment-routes.ts'
import { collectionRoutes } from './collection-routes.ts'
import { singleRoutes } from './single-routes.ts'

export function documentRoutes(context: Context): Route[] {
  return [...collectionRoutes(context), ...singleRoutes(context), ...attachmentRoutes(context)]
}
