/**
 * Whether an If-Match header names this version of a thing, or any with `*`. Weak tags never do. RFC 9110 section 13.1.1.
 */
export function isMatched(ifMatch: string, etag: string): boolean {
  return ifMatch.trim() === '*' || tagsIn(ifMatch).includes(etag)
}

/** Whether the client has this version already, by its If-None-Match header. Weak or strong is the same here. Section 13.1.2. */
export function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  return ifNoneMatch.trim() === '*' || tagsIn(ifNoneMatch).some((tag) => bare(tag) === bare(etag))
}

function tagsIn(header: string): string[] {
  return header.match(/(W\/)?"[^"\s]*"/g) ?? []
}

function bare(tag: string): string {
  return tag.replace(/^W\//, '')
}
