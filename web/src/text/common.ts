import { currentSettings } from '../lib/settings.ts'

/** What every page says. A second language is a second set of the files in this folder. */
export const commonText = {
  locale: 'en',
  skipToContent: 'Skip to content',
  home: (siteName: string) => `${siteName}, home`,
  navigation: {
    label: 'Main',
    menu: 'Menu',
    signIn: 'Sign in',
    documents: 'Documents',
    media: 'Media',
    billing: 'Billing',
    account: 'Account',
    users: 'Users',
    system: 'System',
  },
  connection: {
    offline: 'You are offline. Your work is kept and goes on when you are back.',
    get unreachable() {
      return `${currentSettings().siteName} cannot be reached. Your work is kept and goes on when it is back.`
    },
  },
  dismiss: 'Dismiss',
  undo: 'Undo',
  loading: 'Loading…',
  loadMore: 'Load more',
  loadingMore: 'Loading more…',
  tryAgain: 'Try again',
  reload: 'Reload the page',
  reference: (id: string) => `Reference: ${id}`,
  cancel: 'Cancel',
  notFound: {
    title: 'Page not found',
    lead: 'There is nothing at this address.',
    home: 'To the start page',
  },
  errorPage: {
    title: 'Something went wrong',
    lead: 'This page could not be shown. Reloading usually helps.',
    offlineLead: 'This page could not be loaded without a connection. It appears as soon as there is one.',
    support: 'If it keeps happening, write to',
  },
  failures: {
    get network() {
      return `${currentSettings().siteName} cannot be reached. Check your connection and try again.`
    },
    get unavailable() {
      return `${currentSettings().siteName} is not available right now. Try again in a moment.`
    },
    tooMany: (wait: string) => `Too many attempts. Try again ${wait}.`,
    tooLarge: 'This is too large to be saved.',
    unexpected: 'Something went wrong on our side. Try again in a moment.',
  },
  time: { justNow: 'just now' },
}
