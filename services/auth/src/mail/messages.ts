import type { MailFacts, MailKind } from './outbox-store.ts'

export type Link = { label: string; url: string }

/** Paragraphs, and links that stand alone. Plain text: whoever makes HTML of it escapes it. */
export type Message = { subject: string; body: (string | Link)[] }

/** What its cause wrote, and for a mail with a secret link that link. */
export type MessageFacts = MailFacts & { frontendUrl: string; link: string; lifetimeSeconds: number }

/** A language is an object of this type. */
export type Messages = { language: string } & Record<MailKind, (facts: MessageFacts) => Message>

export const english: Messages = {
  language: 'en',

  'verify-address': ({ link, lifetimeSeconds }) => ({
    subject: 'Confirm your address',
    body: [
      'This address was given for an account at Finity. Please confirm that it is yours.',
      { label: 'Confirm my address', url: link },
      `The link works for ${inWords(lifetimeSeconds)}. A newer mail like this replaces it.`,
      'If this was not you: do nothing. The address stays unconfirmed.',
    ],
  }),

  'reset-password': ({ link, lifetimeSeconds }) => ({
    subject: 'Choose a new password',
    body: [
      'Someone asked for a new password for your Finity account. If it was you, choose it here.',
      { label: 'Choose a new password', url: link },
      `The link works for ${inWords(lifetimeSeconds)}. A newer mail like this replaces it.`,
      'If this was not you: do nothing. Your password stays as it is.',
    ],
  }),

  'already-registered': ({ frontendUrl }) => ({
    subject: 'You already have an account',
    body: [
      'Someone tried to register this address at Finity. It has an account already, and nothing was changed.',
      { label: 'Sign in', url: `${frontendUrl}/sign-in` },
      'If you do not know your password any more, choose a new one.',
      choosePassword(frontendUrl),
      'If this was not you: do nothing. Nobody got into your account.',
    ],
  }),

  'new-sign-in': ({ device, frontendUrl, ...facts }) => ({
    subject: `New sign-in: ${device}`,
    body: [
      'Someone signed in to your Finity account.',
      deed({ device, ...facts }),
      'If this was you, there is nothing to do.',
      'If this was not you: someone knows your password. Choose a new one now, which signs out every device.',
      choosePassword(frontendUrl),
    ],
  }),

  'password-changed': ({ frontendUrl, ...facts }) => ({
    subject: 'Your password was changed',
    body: [
      'The password of your Finity account was changed.',
      deed(facts),
      'If this was you, there is nothing to do.',
      'If this was not you: someone else can open your account. Choose a new password now, which signs out every device.',
      choosePassword(frontendUrl),
    ],
  }),

  // The new address alone can ask for a password now, so a link to that would lead nowhere.
  'address-changed': ({ newAddress, frontendUrl, ...facts }) => ({
    subject: 'Your address was changed',
    body: [
      `Your Finity account belongs to another address from now on: ${newAddress}`,
      deed(facts),
      'If this was you, there is nothing to do.',
      'If this was not you: someone else can open your account, and this address cannot win it back by itself. ' +
        `Turn at once to the people who run ${frontendUrl}`,
    ],
  }),
}

function choosePassword(frontendUrl: string): Link {
  return { label: 'Choose a new password', url: `${frontendUrl}/forgot-password` }
}

function deed({ device, address, at }: Pick<MailFacts, 'device' | 'address' | 'at'>): string {
  return `Device: ${device}\nNetwork address: ${address}\nTime: ${moment.format(new Date(at))} UTC`
}

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' })

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** "1 hour", "90 minutes": in the largest unit that leaves no rest. */
function inWords(seconds: number): string {
  const [unit, length] = units.find(([, size]) => seconds % size === 0) ?? ['second', 1]
  return new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' }).format(seconds / length)
}
