/** The pages of the app. */
export const paths = {
  landing: '/',
  register: '/register',
  signIn: '/sign-in',
  signOut: '/sign-out',
  forgotPassword: '/forgot-password',
  resetPassword: '/reset-password',
  verify: '/verify',
  documents: '/documents',
  newDocument: '/documents/new',
  newDraft: (key: string) => `/documents/new?${DRAFT_PARAMETER}=${key}`,
  document: (id: string) => `/documents/${encodeURIComponent(id)}`,
  trash: '/documents/trash',
  media: '/media',
  billing: '/billing',
  account: '/account',
  accountSecurity: '/account/security',
  accountSessions: '/account/sessions',
  adminUsers: '/admin/users',
  adminSystem: '/admin/system',
  signInReturningTo: (path: string) => `/sign-in?${RETURN_PARAMETER}=${encodeURIComponent(path)}`,
} as const

/** The query parameter of the sign-in page that names the page to go back to. */
export const RETURN_PARAMETER = 'return'

/** The query parameter of the page of a new document that tells it from others that are not saved yet. */
export const DRAFT_PARAMETER = 'draft'

/** The last segment of `paths.newDocument`, where a document's id stands otherwise. */
export const NEW_DOCUMENT_ID = 'new'
