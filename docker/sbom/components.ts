import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Where each image has its NOTICE and what it holds besides Debian packages, in files that end with .cdx.json. */
export const folderInImage = 'usr/share/doc/finity'

/** A part of an image, as CycloneDX has it. */
export type Component = {
  type: 'application' | 'library'
  name: string
  version: string
  purl: string
  cpe?: string
  licenses?: { license: { name: string } }[]
  components?: Component[]
}

/** No time and no random number: the same parts give the same bytes. */
export function writeComponents(file: string, name: string, components: Component[]): void {
  mkdirSync(dirname(file), { recursive: true })
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'container', name } },
    components: [...new Map(components.map((component) => [component.purl, component])).values()].toSorted(
      (a, b) => (a.purl < b.purl ? -1 : 1),
    ),
  }
  writeFileSync(file, `${JSON.stringify(document, null, 1)}\n`)
}

/** As https://github.com/package-url/purl-spec writes the name of an npm package. */
export const npmUrl = (name: string, version: string) => `pkg:npm/${name.replace('@', '%40')}@${version}`
