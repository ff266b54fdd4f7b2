import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv, type ProxyOptions } from 'vite'
import { compressAssets } from './build/compress-assets.ts'
import { serveSettings } from './build/serve-settings.ts'

const PROXY_TIMEOUT_MS = 30_000

/** A service that is restarting answers like an overloaded one, so the app shows its retry instead of hanging. */
function answerUnavailable(response: ServerResponse) {
  if (response.headersSent) return
  response.writeHead(503, { 'Content-Type': 'application/problem+json', 'Retry-After': '1' })
  response.end(JSON.stringify({ title: 'Service Unavailable', status: 503, detail: 'SERVICE_UNAVAILABLE' }))
}

function forwardTo(target: string): ProxyOptions {
  return {
    target,
    xfwd: true,
    timeout: PROXY_TIMEOUT_MS,
    proxyTimeout: PROXY_TIMEOUT_MS,
    configure: (proxy) => {
      proxy.on('error', (_error, _request, response) => {
        if ('writeHead' in response) answerUnavailable(response)
      })
    },
  }
}

export default defineConfig(({ mode }) => {
  const env = loadEnv(mode, import.meta.dirname, '')
  const authService = forwardTo(env.AUTH_URL ?? 'http://127.0.0.1:8000')
  const apiService = forwardTo(env.API_URL ?? 'http://127.0.0.1:3001')

  return {
    plugins: [react(), serveSettings(env), compressAssets()],
    // The source tree is mounted read-only in the development container.
    cacheDir: join(tmpdir(), 'finity-web-vite'),
    server: {
      host: true,
      port: Number(env.PORT ?? 3000),
      strictPort: true,
      // The names under which other containers of the stack reach this server.
      allowedHosts: ['web', 'finity-frontend'],
      // File events do not cross the mounts of macOS and Windows engines.
      watch: { usePolling: env.WATCH_POLL === '1' },
      // Exact prefixes, so that /documents stays a page of the app while /docs is the auth service's.
      proxy: {
        '^/(auth|\\.well-known)/': authService,
        '^/(users|openapi\\.json|docs)(/|$|\\?)': authService,
        '^/api/': apiService,
        '^/(health|ready)(\\?|$)': apiService,
      },
    },
    build: {
      sourcemap: false,
      // What the image says of itself (docker/sbom).
      license: { fileName: 'packages.json' },
      // A strict Content-Security-Policy allows no data: URLs.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              // The libraries of the first page change less often than the app: a release leaves them in the browser's cache.
              { name: 'vendor', test: /node_modules/, tags: ['$initial'] },
              { name: 'app', tags: ['$initial'] },
              // What the pages before and after signing in share comes in one piece, not in thirty.
              { name: 'visitor', test: /routes\/(register|sign-in|forgot-password|reset-password)\.tsx/ },
              { name: 'member', test: /app\/(signed-in|member-parts|queries|routes\/documents)\.tsx/ },
            ],
          },
        },
      },
    },
  }
})
