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
  document: (id: string) => `/documents/${encodeURIComponent(id)}`,
  signInReturningTo: (path: string) => `/sign-in?${RETURN_PARAMETER}=${encodeURIComponent(path)}`,
} as const

/** The query parameter of the sign-in page that names the page to go back to. */
export const RETURN_PARAMETER = 'return'

/** The last segment of `paths.newDocument`, where a document's id stands otherwise. */
export const NEW_DOCUMENT_ID = 'new'

/** The addresses of the services, on the app's own origin. */
export const endpoints = {
  register: '/auth/register',
  logIn: '/auth/jwt/login',
  logOut: '/auth/jwt/logout',
  refresh: '/auth/refresh',
  forgotPassword: '/auth/forgot-password',
  resetPassword: '/auth/reset-password',
  requestVerifyToken: '/auth/request-verify-token',
  verify: '/auth/verify',
  currentAccount: '/users/me',
  documents: '/api/documents',
  document: (id: string) => `/api/documents/${encodeURIComponent(id)}`,
} as const
