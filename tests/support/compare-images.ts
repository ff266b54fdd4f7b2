import { execSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { docker } from './stack.ts'

type Image = { Id: string; Config: unknown; RootFS: { Layers: string[] } }

const inspect = (image: string): Image => JSON.parse(docker('image', 'inspect', image))[0]

/** In which layers and files two images are not the same; none when they are. */
export function differencesOf(first: string, second: string): string[] {
  const [one, other] = [inspect(first), inspect(second)]
  if (one.Id === other.Id) return []
  const layers = one.RootFS.Layers.flatMap((layer, index) =>
    layer === other.RootFS.Layers[index] ? [] : [index],
  )
  if (layers.length === 0)
    return [`configuration: ${JSON.stringify(one.Config)} ≠ ${JSON.stringify(other.Config)}`]
  const place = mkdtempSync(join(tmpdir(), 'layers-'))
  const read = [first, second].map((image, index) => layersOf(image, join(place, `${index}`)))
  const found = layers.flatMap((layer) => {
    const [before, after] = read.map((all) => filesOf(all[layer] ?? ''))
    const paths = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])]
    return paths
      .filter((path) => before?.get(path) !== after?.get(path))
      .map((path) => `layer ${layer + 1}, ${path}: ${before?.get(path)} ≠ ${after?.get(path)}`)
  })
  rmSync(place, { recursive: true, force: true })
  return found
}

function layersOf(image: string, folder: string): string[] {
  mkdirSync(folder)
  execSync(`docker save ${image} | tar -x -C ${folder}`)
  const [{ Layers: layers }] = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  return layers.map((layer: string) => join(folder, layer))
}

/** What the layer keeps of each file: its mode, owner, size, time and content. */
function filesOf(layer: string): Map<string, string> {
  const unpacked = `${layer}.files`
  mkdirSync(unpacked)
  execSync(`tar -x --no-same-permissions --exclude=dev --delay-directory-restore -f ${layer} -C ${unpacked}`)
  const listing = execSync(`tar --full-time --numeric-owner -tvf ${layer}`, {
    encoding: 'utf8',
    maxBuffer: 256_000_000,
  })
  return new Map(
    listing
      .trim()
      .split('\n')
      .map((line) => describeFile(line, unpacked)),
  )
}

function describeFile(line: string, unpacked: string): [string, string] {
  const [, facts = '', path = ''] = /^(\S+ +\S+ +\S+ +\S+ +\S+) (.*)$/.exec(line) ?? []
  const content =
    facts.startsWith('-') && !path.includes(' link to ') ? readFileSync(join(unpacked, path)) : ''
  return [path, `${facts} ${createHash('sha256').update(content).digest('hex').slice(0, 12)}`]
}
