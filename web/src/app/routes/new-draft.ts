import { type LoaderFunctionArgs, redirect } from 'react-router'
import { newDraftKey } from '../../features/documents/drafts/draft-works.ts'
import { DRAFT_PARAMETER, paths } from '../../lib/paths.ts'

/** Each new document has an address of its own, under which a reload finds its text again. */
export function giveAddress({ request }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url)
  const isNameless = pathname === paths.newDocument && !searchParams.has(DRAFT_PARAMETER)
  return isNameless ? redirect(paths.newDraft(newDraftKey())) : null
}
