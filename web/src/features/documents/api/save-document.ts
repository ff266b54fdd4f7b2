import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Draft } from '../document.ts'
import { documentKeys } from '../document-keys.ts'
import { createDocument } from './create-document.ts'
import { updateDocument } from './update-document.ts'

/** Creates the document on the first save and updates it on every later one. */
export function useSaveDocument(id: string | null) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ title, content }: Draft) => {
      const draft = { title: title.trim(), content }
      return id === null ? createDocument(draft) : updateDocument(id, draft)
    },
    onSuccess: (document) => {
      queryClient.setQueryData(documentKeys.one(document.id), document)
      queryClient.removeQueries({ queryKey: documentKeys.list })
    },
  })
}
