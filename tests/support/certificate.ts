import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** A key and its certificate, which vouches for itself, in a folder; the name is as in "DNS:example.test" or "IP:127.0.0.1". */
export function makeCertificate(place: string, name: string): { key: string; certificate: string } {
  const key = join(place, 'key.pem')
  const certificate = join(place, 'cert.pem')
  mkdirSync(place, { recursive: true })
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-subj', `/CN=${name.replace(/^.*:/, '')}`, '-addext', `subjectAltName=${name}`],
      ...['-keyout', key, '-out', certificate],
    ],
    { stdio: 'pipe' },
  )
  return { key, certificate }
}
