import type { ComponentType } from 'react'
import { createBrowserRouter, type RouteObject } from 'react-router'
import { paths } from '../lib/paths.ts'
import { ErrorPage } from './error-page.tsx'
import { RedirectSignedIn } from './redirect-signed-in.tsx'
import { RequireSession } from './require-session.tsx'
import { LandingPage } from './routes/landing.tsx'
import { endSession, refuseVisit } from './routes/sign-out.ts'
import { Shell } from './shell.tsx'

/** A page whose code is loaded when it is first visited. */
function page(path: string, load: () => Promise<ComponentType>): RouteObject {
  return { path, lazy: { Component: load } }
}

const visitorPages = [
  // The first that people see, so it comes with the code that shows it.
  { path: paths.landing, Component: LandingPage },
  page(paths.register, async () => (await import('./routes/register.tsx')).RegisterPage),
  page(paths.signIn, async () => (await import('./routes/sign-in.tsx')).SignInPage),
]

const accountPages = [
  page(paths.documents, async () => (await import('./routes/documents.tsx')).DocumentsPage),
  page(paths.trash, async () => (await import('./routes/trash.tsx')).TrashPage),
  {
    // One route for new and old ones, so that the editor stays when a new document gets its id.
    path: `${paths.documents}/:documentId`,
    lazy: {
      loader: async () => (await import('./routes/new-draft.ts')).giveAddress,
      Component: async () => (await import('./routes/document.tsx')).DocumentPage,
    },
  },
  page(paths.media, async () => (await import('./routes/media.tsx')).MediaPage),
  page(paths.billing, async () => (await import('./routes/billing.tsx')).BillingPage),
  page(paths.account, async () => (await import('./routes/account.tsx')).AccountSettingsPage),
  page(
    paths.accountSecurity,
    async () => (await import('./routes/account-security.tsx')).AccountSecurityPage,
  ),
  page(
    paths.accountSessions,
    async () => (await import('./routes/account-sessions.tsx')).AccountSessionsPage,
  ),
  {
    lazy: { Component: async () => (await import('./require-superuser.tsx')).RequireSuperuser },
    children: [
      page(paths.adminUsers, async () => (await import('./routes/admin-users.tsx')).AdminUsersPage),
      page(paths.adminSystem, async () => (await import('./routes/admin-system.tsx')).AdminSystemPage),
    ],
  },
]

const openPages = [
  page(paths.forgotPassword, async () => (await import('./routes/forgot-password.tsx')).ForgotPasswordPage),
  page(paths.resetPassword, async () => (await import('./routes/reset-password.tsx')).ResetPasswordPage),
  {
    lazy: { Component: async () => (await import('./queries.tsx')).Queries },
    children: [page(paths.verify, async () => (await import('./routes/verify.tsx')).VerifyPage)],
  },
  { path: paths.signOut, action: endSession, loader: refuseVisit },
  page('*', async () => (await import('./routes/not-found.tsx')).NotFoundPage),
]

export const router = createBrowserRouter([
  {
    Component: Shell,
    children: [
      {
        ErrorBoundary: ErrorPage,
        HydrateFallback: () => null,
        children: [
          { Component: RedirectSignedIn, children: visitorPages },
          {
            Component: RequireSession,
            children: [
              {
                lazy: { Component: async () => (await import('./signed-in.tsx')).SignedIn },
                children: accountPages,
              },
            ],
          },
          ...openPages,
        ],
      },
    ],
  },
])
