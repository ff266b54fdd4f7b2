import { commonText } from './common.ts'

const number = new Intl.NumberFormat(commonText.locale)
const plural = new Intl.PluralRules(commonText.locale)
const documents = (count: number) =>
  `${number.format(count)} ${plural.select(count) === 'one' ? 'document' : 'documents'}`

export const billingText = {
  title: 'Billing',
  yourPlan: 'Your plan',
  plans: 'Plans',
  status: {
    active: 'Active',
    past_due: 'Payment due',
    ended: 'Ended',
    ending: (day: string) => `Ends on ${day}`,
  },
  state: {
    free: 'It costs nothing and has no end.',
    granted: 'It was given to you by hand; nothing is charged.',
    renews: (day: string) => `It renews by itself on ${day}.`,
    paid: 'It renews by itself until you end it.',
    ended: 'Your paid plan has ended. Everything is still here.',
    ending: (day: string, next: string) =>
      `Until ${day} nothing changes. After that you are on ${next}: nothing is deleted, and adding more needs room in it.`,
    pastDue: 'The last payment failed. Update your card, or the plan ends and only the free limits hold.',
    over: (plan: string) =>
      `You use more than ${plan} allows. Everything stays as it is; to add something, make room or take a larger plan.`,
  },
  usage: {
    documents: 'Documents',
    storage: 'Storage',
    of: (used: string, allowed: string) => `${used} of ${allowed}`,
    unlimited: (used: string) => `${used}, no limit`,
    count: (count: number) => number.format(count),
  },
  allows: {
    documents,
    anyDocuments: 'Any number of documents',
    storage: (size: string) => `${size} of storage`,
    anyStorage: 'Storage without limit',
    upload: (size: string) => `Files of up to ${size} each`,
  },
  current: 'Your plan now',
  choose: (plan: string) => `Choose ${plan}`,
  opening: 'Opening…',
  portal: 'Cards and invoices',
  updateCard: 'Update your card',
  change: {
    action: (plan: string) => `Change to ${plan}`,
    question: (plan: string) => `Change to ${plan}?`,
    consequence:
      'The new plan holds at once. The difference for the time already paid is charged to your card, or credited to it.',
    pending: 'Changing…',
    done: (plan: string) => `You are on ${plan} now.`,
  },
  cancel: {
    action: 'End the plan',
    pending: 'Ending…',
    done: (day: string) => `The plan ends on ${day}.`,
    doneSoon: 'The plan ends with the time that is paid for.',
  },
  resume: {
    action: 'Keep the plan',
    pending: 'Keeping…',
    done: 'The plan goes on.',
  },
  checkout: {
    waiting: 'Thank you. The payment is being confirmed, which takes a few seconds…',
    late: 'The payment is not confirmed yet. You need not pay again: reload this page in a few minutes.',
    done: (plan: string) => `Thank you. You are on ${plan} now.`,
    cancelled: 'Nothing was bought and nothing was charged.',
  },
  manual: {
    none: 'Plans are given by hand here. To change yours, ask the people who run this site.',
    lead: 'Plans are given by hand here. To change yours, write to',
  },
  granted: {
    none: 'To change a plan that was given by hand, ask the people who run this site.',
    lead: 'To change a plan that was given by hand, write to',
  },
  errors: {
    refused:
      'Your card was refused, so nothing has changed. Update it under “Cards and invoices” and try again.',
    unavailable: 'The payment service does not answer right now. Nothing has changed; try again in a moment.',
    changedMeanwhile: 'Your plan was changed elsewhere in the meantime. This is how it is now.',
    notConfigured: 'Nothing can be bought here at the moment.',
  },
}
