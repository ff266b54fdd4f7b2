import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Component, folderInImage, writeComponents } from './components.ts'

/** Usage: node docker/sbom/write-sbom.ts NAME ROOT FILE — what the image NAME holds, whose files are under ROOT. */
function writeSbom(name: string, root: string, file: string): void {
  writeComponents(file, name, [...debianPackages(root), ...describedParts(root)])
}

/** As dpkg keeps them, or as images without dpkg have them (docker/record-packages.sh). */
function debianPackages(root: string): Component[] {
  const database = join(root, 'var/lib/dpkg')
  const files = [
    join(database, 'status'),
    ...globSync(join(database, 'status.d/*'), { exclude: (path) => path.endsWith('.md5sums') }),
  ]
  return files
    .filter((path) => existsSync(path))
    .flatMap((path) => readFileSync(path, 'utf8').split('\n\n'))
    .map((text) =>
      Object.fromEntries([...text.matchAll(/^(\S+): (.*)$/gm)].map(([, key, value]) => [key, value])),
    )
    .filter(({ Status }) => Status?.endsWith(' installed'))
    .map(({ Package, Version, Architecture, Source }) => ({
      type: 'library',
      name: Package,
      version: Version,
      purl: debianUrl(Package, Version, Architecture, Source),
    }))
}

/** Advisories go by the source package. */
function debianUrl(name: string, version: string, architecture: string, source = name): string {
  const upstream = source.replace(/ \(.*/, '')
  return `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=${architecture}&upstream=${encodeURIComponent(upstream)}`
}

const describedParts = (root: string): Component[] =>
  globSync(join(root, folderInImage, '*.cdx.json')).flatMap(
    (path) => JSON.parse(readFileSync(path, 'utf8')).components,
  )

const [name, root, file] = process.argv.slice(2)
if (!name || !root || !file) throw new Error('Usage: write-sbom.ts NAME ROOT FILE')
writeSbom(name, root, file)
