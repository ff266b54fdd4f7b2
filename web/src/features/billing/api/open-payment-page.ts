import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../../../lib/api/client.ts'
import { showNotice } from '../../../lib/notices.ts'
import type { PaidPlanName } from '../billing.ts'
import { describeBillingFailure } from '../describe-billing-failure.ts'

type Page = { url: string }

/** Leads to where a plan is paid for. */
export function useCheckout(plan: PaidPlanName) {
  return useOpenPage(() => api.POST('/api/subscription/checkout', { body: { plan } }))
}

/** Leads to where cards and invoices are kept. */
export function usePortal() {
  return useOpenPage(() => api.POST('/api/subscription/portal'))
}

function useOpenPage(ask: () => Promise<Page>) {
  const opening = useMutation({
    mutationFn: ask,
    onSuccess: ({ url }) => location.assign(url),
    onError: (failure) => showNotice(describeBillingFailure(failure)),
  })
  const { reset } = opening

  // The browser's "back" shows this page as it was left: on its way to another.
  useEffect(() => {
    const comeBack = (event: PageTransitionEvent) => event.persisted && reset()
    addEventListener('pageshow', comeBack)
    return () => removeEventListener('pageshow', comeBack)
  }, [reset])

  const isOpening = opening.isPending || opening.isSuccess
  return { isOpening, open: () => isOpening || opening.mutate() }
}
