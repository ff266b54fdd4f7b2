import { momentInCursor, pageCursor } from '@finity/kit/http/page-cursor.ts'
import { z } from 'zod'

const place = z.object({ createdAt: momentInCursor, id: z.uuid() })

/** The place after which a page begins: the last row of the page before. */
export type PageCursor = z.output<typeof place>

export const mediaCursor = pageCursor(place)
