import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Component, folderInImage, npmUrl, writeComponents } from './components.ts'

/** What a bundle holds, as bundle-service.ts and Vite (build.license) list it. */
type Package = {
  name: string
  version: string
  identifier?: string
  text?: string
  /** Libraries inside it, and their versions. */
  holds?: Record<string, string>
}

const head = `This image holds Finity, under the MIT licence, and the work of others, each part under a licence of its own.

Debian packages: /usr/share/doc/NAME/copyright; the texts that these name are in /usr/share/common-licenses.
Node and what is inside it: /usr/share/doc/node/LICENSE. Caddy: the licence Apache-2.0, by Matthew Holt and the Caddy authors. The Go
modules inside it: each under a licence of its own, in the repository that its name is the address of; Go itself: BSD-3-Clause, by the Go authors.
What is here in which version: /var/lib/dpkg, and the files *.cdx.json beside this one.

npm packages:
`

/** Packages that name a licence in place of having its text: where Debian has that. */
const texts: Record<string, string[]> = {
  'Apache-2.0': ['Apache-2.0'],
  'LGPL-3.0-or-later': ['LGPL-3', 'GPL-3'],
}

/** Usage: node docker/sbom/describe-packages.ts PART PACKAGES.json FOLDER — into FOLDER, as if that were the root of the image. */
function describePackages(part: string, packages: Package[], folder: string): void {
  const place = join(folder, folderInImage)
  writeComponents(join(place, `${part}.cdx.json`), part, packages.map(componentOf))
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'NOTICE'), noticeOf(packages))
}

function componentOf({ name, version, identifier, holds }: Package): Component {
  return {
    type: 'library',
    name,
    version,
    purl: npmUrl(name, version),
    ...(identifier && { licenses: [{ license: { name: identifier } }] }),
    ...(holds && { components: Object.entries(holds).map(([library, its]) => libraryOf(library, its)) }),
  }
}

const libraryOf = (name: string, version: string): Component => ({
  type: 'library',
  name,
  version,
  purl: `pkg:generic/${name}@${version}`,
  ...(name === 'vips' && { cpe: `cpe:2.3:a:libvips:libvips:${version}:*:*:*:*:*:*:*` }),
})

function noticeOf(packages: Package[]): string {
  const own = packages.map(
    ({ name, version, identifier = 'unnamed', text = 'The package has no text of its licence.' }) =>
      `\n---- ${name} ${version} (${identifier})\n\n${text}\n`,
  )
  const named = new Set(packages.flatMap(({ identifier = '' }) => texts[identifier] ?? []))
  const common = [...named].map(
    (name) => `\n---- ${name} (its text)\n\n${readFileSync(`/usr/share/common-licenses/${name}`, 'utf8')}`,
  )
  return [head, ...own, ...common].join('')
}

const [part, list, folder] = process.argv.slice(2)
if (!part || !list || !folder) throw new Error('Usage: describe-packages.ts PART PACKAGES.json FOLDER')
describePackages(part, JSON.parse(readFileSync(list, 'utf8')), folder)
