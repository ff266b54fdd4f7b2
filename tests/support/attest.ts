import { createHash } from 'node:crypto'

const indexType = 'application/vnd.oci.image.index.v1+json'
const manifestType = 'application/vnd.oci.image.manifest.v1+json'
const anyManifest = `${manifestType}, application/vnd.docker.distribution.manifest.v2+json`
const predicates = { sbom: 'https://spdx.dev/Document', provenance: 'https://slsa.dev/provenance/v1' }

/**
 * Gives an image of one platform an SBOM and a provenance, as BuildKit attaches them (docs.docker.com/build/metadata/attestations): in an index of the two. Returns its
 * digest. The engine's own builder, on a store of before containerd's, cannot.
 */
export async function attest(repository: string, digest: string, architecture: string): Promise<string> {
  const image = await fetch(`${repository}/manifests/${digest}`, { headers: { accept: anyManifest } })
  const size = (await image.arrayBuffer()).byteLength
  const subject = [{ name: architecture, digest: { sha256: digest.slice(7) } }]
  const statement = (predicateType: string, predicate: object) =>
    putBlob(repository, { _type: 'https://in-toto.io/Statement/v1', predicateType, subject, predicate })
  const layers = [
    {
      ...(await statement(predicates.sbom, { spdxVersion: 'SPDX-2.3', name: architecture })),
      annotations: { 'in-toto.io/predicate-type': predicates.sbom },
    },
    {
      ...(await statement(predicates.provenance, { buildDefinition: { buildType: architecture } })),
      annotations: { 'in-toto.io/predicate-type': predicates.provenance },
    },
  ].map((layer) => ({ mediaType: 'application/vnd.in-toto+json', ...layer }))
  const nowhere = { architecture: 'unknown', os: 'unknown' }
  const config = await putBlob(repository, {
    ...nowhere,
    config: {},
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => layer.digest) },
  })
  const attestation = await putManifest(repository, manifestType, {
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
    layers,
  })
  const index = await putManifest(repository, indexType, {
    manifests: [
      { mediaType: image.headers.get('content-type'), digest, size, platform: { architecture, os: 'linux' } },
      {
        mediaType: manifestType,
        ...attestation,
        platform: nowhere,
        annotations: {
          'vnd.docker.reference.digest': digest,
          'vnd.docker.reference.type': 'attestation-manifest',
        },
      },
    ],
  })
  return index.digest
}

type Descriptor = { digest: string; size: number }

const describe = (body: string): Descriptor => ({
  digest: `sha256:${createHash('sha256').update(body).digest('hex')}`,
  size: Buffer.byteLength(body),
})

async function putBlob(repository: string, content: object): Promise<Descriptor> {
  const body = JSON.stringify(content)
  const { digest, size } = describe(body)
  const begun = await fetch(`${repository}/blobs/uploads/`, { method: 'POST' })
  const place = new URL(begun.headers.get('location') ?? '', repository)
  place.searchParams.set('digest', digest)
  await expectCreated(fetch(place, { method: 'PUT', body }))
  return { digest, size }
}

async function putManifest(repository: string, mediaType: string, content: object): Promise<Descriptor> {
  const body = JSON.stringify({ schemaVersion: 2, mediaType, ...content })
  const { digest, size } = describe(body)
  const headers = { 'content-type': mediaType }
  await expectCreated(fetch(`${repository}/manifests/${digest}`, { method: 'PUT', headers, body }))
  return { digest, size }
}

async function expectCreated(answer: Promise<Response>): Promise<void> {
  const { status } = await answer
  if (status !== 201) throw new Error(`The registry answers ${status}`)
}
