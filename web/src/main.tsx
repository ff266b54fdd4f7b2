import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { router } from './app/router.tsx'
import { renewSession } from './lib/renew-session.ts'
import { currentSession } from './lib/session.ts'
import { loadSettings } from './lib/settings.ts'
import './styles/tokens.css'
import './styles/base.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id "root"')

void loadSettings()
// While the code is on its way that says what came of it, and asks again if it failed.
if (currentSession().isUnknown) renewSession().catch(() => null)

createRoot(root).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
)
