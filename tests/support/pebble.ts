import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeCertificate } from './certificate.ts'
import { addressOf, besideEdge, send } from './edge.ts'
import { docker, folder, until } from './stack.ts'

export type Pebble = {
  container: string
  /** Settings of an edge that takes its certificates from here. */
  settings: { ACME_DIRECTORY: string; ACME_CA_FILE: string }
  /** The root of the certificates that it issues. */
  root: string
}

type Wishes = {
  name: string /** The edge that is to prove its names, and those. */
  edge: string
  hosts: string[]
  validitySeconds: number
}

/** An ACME server, Let's Encrypt's own for tests: it asks the edge for proof on the ports 80 and 443, as the real one does. */
export async function startPebble({ name, edge, hosts, validitySeconds }: Wishes): Promise<Pebble> {
  const host = `${name}.example.test`
  const place = join(folder, '.finity', name)
  // Pebble's own address is HTTPS too; that its certificate is trusted is a setting of the edge.
  const { key: privateKey, certificate } = makeCertificate(place, `DNS:${host}`)
  const pebble = {
    listenAddress: '0.0.0.0:14000',
    managementListenAddress: '0.0.0.0:15000',
    certificate,
    privateKey,
    httpPort: 80,
    tlsPort: 443,
    retryAfter: { authz: 1, order: 1 },
    certificateValidityPeriod: validitySeconds,
  }
  writeFileSync(join(place, 'pebble.json'), JSON.stringify({ pebble }))
  const proofs = hosts.map((served) => `--add-host=${served}:${edge}`)
  const haste = ['--env', 'PEBBLE_VA_NOSLEEP=1', '--env', 'PEBBLE_WFE_NONCEREJECT=0']
  const mount = ['--user', `${process.getuid?.()}`, '--volume', `${place}:${place}:ro`]
  const command = ['pebble', '-config', join(place, 'pebble.json')]
  const container = besideEdge([host], command, [...proofs, ...haste, ...mount])
  let root = ''
  await until(async () => {
    const { status, body } = await send(`https://${addressOf(container)}:15000/roots/0`)
    root = body.toString()
    return status === 200
  })
  return {
    container,
    root,
    settings: { ACME_DIRECTORY: `https://${host}:14000/dir`, ACME_CA_FILE: certificate },
  }
}

/** How many certificates it has issued. */
export const issuedBy = ({ container }: Pebble) =>
  docker('logs', container)
    .split('\n')
    .filter((line) => /Issued certificate serial/.test(line)).length
