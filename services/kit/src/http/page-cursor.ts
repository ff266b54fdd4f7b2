import { type ZodType, z } from 'zod'

/** The place that a page of a list begins after. Opaque to clients: base64url of the JSON that the schema reads. */
export function pageCursor<Place extends ZodType>(place: Place) {
  const write = (after: z.output<Place>): string => Buffer.from(JSON.stringify(after)).toString('base64url')

  function read(text: string): z.output<Place> | null {
    try {
      const after = place.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
      return write(after) === text ? after : null
    } catch {
      return null
    }
  }

  const inQuery = z.string().transform((text, check) => {
    const after = read(text)
    if (after !== null) return after
    check.addIssue({
      code: 'custom',
      message: 'Input should be a next_cursor of an earlier page',
      input: text,
    })
    return z.NEVER
  })
  return { write, read, inQuery }
}

/** A moment inside a cursor, to the millisecond. PostgreSQL knows no year 0. */
export const momentInCursor = z.iso
  .datetime({ precision: 3 })
  .regex(/^(?!0000)/)
  .transform((text) => new Date(text))
