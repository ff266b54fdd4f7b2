import type { Context } from '../context.ts'
import { keptMs, replay } from '../idempotency/answer-once.ts'
import type { Claim, FirstAnswer } from '../idempotency/idempotency-store.ts'
import { noDocumentPlace, planThatCounts } from '../subscriptions/take-from-plan.ts'
import { etagOf } from './document-etag.ts'
import type { Document } from './document-store.ts'
import { toDocumentRead } from './schemas.ts'
import { uuidV7 } from './uuid-v7.ts'

export type DocumentDraft = Pick<Document, 'title' | 'content' | 'tags'>

type Created = ReturnType<typeof answerWith>

/** Adds a document when the plan has a place for it, else throws PlanLimitReached. A claim that has an answer gets it again. */
export async function createDocument(
  { clock, plans, newDocuments, idempotency, usage }: Context,
  ownerId: string,
  claim: Claim | null,
  draft: DocumentDraft,
): Promise<Created> {
  const now = clock()
  const expiredAt = new Date(now.getTime() - keptMs)
  const { subscription, documents, first } = await newDocuments.readSurroundings(
    ownerId,
    claim?.key,
    expiredAt,
  )
  if (claim && first) return replay<Created>(claim, first)
  const plan = planThatCounts(plans, subscription)
  const limit = plan.limits.documents
  if (limit !== null && documents >= limit) throw noDocumentPlace(plan, documents)

  const document = newDocument(ownerId, draft, now)
  const answer = answerWith(document)
  const kept = claim && { ...claim, answer }
  const outcome = await newDocuments.addDocument(document, limit, kept, expiredAt)
  if (outcome === 'full') throw noDocumentPlace(plan, (await usage.readUsage(ownerId)).documents)
  if (claim && outcome === 'known')
    return replay<Created>(claim, (await idempotency.findAnswer(claim, expiredAt)) as FirstAnswer)
  return answer
}

function newDocument(ownerId: string, draft: DocumentDraft, now: Date): Document {
  return { ...draft, id: uuidV7(now), ownerId, version: 1, createdAt: now, updatedAt: now, trashedAt: null }
}

function answerWith(document: Document) {
  const headers: Record<string, string> = {
    Location: `/api/documents/${document.id}`,
    ETag: etagOf(document),
  }
  return { status: 201, body: toDocumentRead(document), headers } as const
}
