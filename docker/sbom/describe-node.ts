import { join } from 'node:path'
import { folderInImage, writeComponents } from './components.ts'

/** Usage: node docker/sbom/describe-node.ts FOLDER — this very Node and the libraries inside it. */
const [folder] = process.argv.slice(2)
if (!folder) throw new Error('Usage: describe-node.ts FOLDER')
// "modules" and "napi" are numbers of interfaces.
const { node, modules, napi, ...libraries } = process.versions
writeComponents(join(folder, folderInImage, 'node.cdx.json'), 'node', [
  {
    type: 'application',
    name: 'node',
    version: node,
    purl: `pkg:generic/node@${node}`,
    cpe: `cpe:2.3:a:nodejs:node.js:${node}:*:*:*:*:*:*:*`,
    components: Object.entries(libraries).map(([name, version = '']) => ({
      type: 'library',
      name,
      version,
      purl: `pkg:generic/${name}@${version}`,
    })),
  },
])
