import { createBrowserRouter } from 'react-router'
import { paths } from '../lib/paths.ts'
import { ErrorPage } from './error-page.tsx'
import { RedirectSignedIn } from './redirect-signed-in.tsx'
import { RequireSession } from './require-session.tsx'
import { endSession, refuseVisit } from './routes/sign-out.ts'
import { Shell } from './shell.tsx'

export const router = createBrowserRouter([
  {
    Component: Shell,
    children: [
      {
        ErrorBoundary: ErrorPage,
        HydrateFallback: () => null,
        children: [
          {
            Component: RedirectSignedIn,
            children: [
              {
                path: paths.landing,
                lazy: { Component: async () => (await import('./routes/landing.tsx')).LandingPage },
              },
              {
                path: paths.register,
                lazy: { Component: async () => (await import('./routes/register.tsx')).RegisterPage },
              },
              {
                path: paths.signIn,
                lazy: { Component: async () => (await import('./routes/sign-in.tsx')).SignInPage },
              },
            ],
          },
          {
            Component: RequireSession,
            children: [
              {
                path: paths.documents,
                lazy: { Component: async () => (await import('./routes/documents.tsx')).DocumentsPage },
              },
              {
                // One route for both, so that the editor stays when a new document gets its id.
                path: `${paths.documents}/:documentId`,
                lazy: { Component: async () => (await import('./routes/document.tsx')).DocumentPage },
              },
            ],
          },
          {
            path: paths.forgotPassword,
            lazy: {
              Component: async () => (await import('./routes/forgot-password.tsx')).ForgotPasswordPage,
            },
          },
          {
            path: paths.resetPassword,
            lazy: {
              Component: async () => (await import('./routes/reset-password.tsx')).ResetPasswordPage,
            },
          },
          {
            path: paths.verify,
            lazy: { Component: async () => (await import('./routes/verify.tsx')).VerifyPage },
          },
          { path: paths.signOut, action: endSession, loader: refuseVisit },
          {
            path: '*',
            lazy: { Component: async () => (await import('./routes/not-found.tsx')).NotFoundPage },
          },
        ],
      },
    ],
  },
])
