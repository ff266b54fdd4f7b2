import type { Plugin } from 'vite'

/** Answers /settings.json in development as the edge does in production (Caddyfile). */
export function serveSettings(env: Record<string, string | undefined>): Plugin {
  const settings = {
    site_name: env.SITE_NAME || 'Finity',
    support_email: env.SUPPORT_EMAIL ?? '',
    release: env.RELEASE || 'latest',
  }
  return {
    name: 'finity:settings',
    configureServer: ({ middlewares }) => {
      middlewares.use('/settings.json', (_request, response) => {
        response.setHeader('Content-Type', 'application/json')
        response.setHeader('Cache-Control', 'no-cache')
        response.end(JSON.stringify(settings))
      })
    },
  }
}
