import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { firstExisting, inPackage } from '../database/first-existing.ts'
import { defineRoute, type RequestFacts, type Route } from './define-route.ts'

export type DocsOptions = { path: string; title: string; openApiPath: string }

/** Nothing from elsewhere. Swagger UI sets no style attribute in markup, and draws its icons from data: URLs. */
const policy = [
  "default-src 'none'",
  "base-uri 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Swagger UI for an OpenAPI document of the same origin. Not for the document itself, which describes the API and not its pages. */
export function docsRoutes({ path, title, openApiPath }: DocsOptions): Route[] {
  return [
    fileRoute(path, 'text/html', () => gzipSync(page(path, title))),
    fileRoute(`${path}/start.js`, 'text/javascript', () => gzipSync(startScript(openApiPath))),
    fileRoute(`${path}/swagger-ui.css`, 'text/css', () => readAsset('swagger-ui.css')),
    fileRoute(`${path}/swagger-ui-bundle.js`, 'text/javascript', () => readAsset('swagger-ui-bundle.js')),
  ]
}

/** A file that is kept compressed, as nearly every client takes it. */
function fileRoute(path: string, content: string, load: () => Buffer): Route {
  let file: { gzip: Buffer; headers: Record<string, string> } | undefined
  return defineRoute({
    method: 'get',
    path,
    operationId: path,
    summary: 'A part of the documentation page',
    tag: 'docs',
    answers: { 200: { description: 'The file', content } },
    handler: async ({ request }) => {
      file ??= describeFile(load())
      const { gzip, headers } = file
      return takesGzip(request)
        ? { status: 200, body: gzip, headers: { ...headers, 'Content-Encoding': 'gzip' } }
        : { status: 200, body: gunzipSync(gzip), headers }
    },
  })
}

/** The ETag lets a browser keep the file and ask whether it changed; weak, because its compressed form has it too. */
function describeFile(gzip: Buffer) {
  const hash = createHash('sha256').update(gzip).digest('base64url')
  const headers = {
    'Content-Security-Policy': policy,
    'Cache-Control': 'no-cache',
    ETag: `W/"${hash}"`,
    Vary: 'Accept-Encoding',
  }
  return { gzip, headers }
}

function takesGzip({ header }: RequestFacts): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(header('Accept-Encoding') ?? '')
}

function page(path: string, title: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>${title}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${path}/swagger-ui.css">
  </head>
  <body>
    <div id="docs"></div>
    <script src="${path}/swagger-ui-bundle.js"></script>
    <script src="${path}/start.js"></script>
  </body>
</html>
`
}

function startScript(openApiPath: string): string {
  // Swagger UI would ask a validator elsewhere what it thinks of the document.
  const options = { url: openApiPath, dom_id: '#docs', deepLinking: true, validatorUrl: null }
  return `document.documentElement.classList.toggle('dark-mode', matchMedia('(prefers-color-scheme: dark)').matches)
SwaggerUIBundle(${JSON.stringify(options)})
`
}

/** Compressed beside the bundle; from source, as its package has it. */
function readAsset(name: string): Buffer {
  const besideBundle = new URL(`${name}.gz`, import.meta.url)
  const file = firstExisting(besideBundle, ...inPackage(`swagger-ui-dist/${name}`))
  return file.endsWith('.gz') ? readFileSync(file) : gzipSync(readFileSync(file))
}
