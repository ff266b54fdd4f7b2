import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type TlsFinding = { id: string; severity: string; finding: string }

/** What testssl.sh finds: protocols, ciphers, forward secrecy, the certificate, headers, vulnerabilities, and the grade that follows. */
export function gradeTls(name: string, address: string, ca: string): TlsFinding[] {
  const place = mkdtempSync(join(tmpdir(), 'tls-'))
  const [root, report] = [join(place, 'root.pem'), join(place, 'report.json')]
  writeFileSync(root, ca)
  // Its exit code counts what it found.
  const { stderr } = spawnSync('testssl', [
    ...['-p', '-s', '-f', '-S', '-h', '-U', '--quiet', '--warnings', 'off'],
    ...['--add-ca', root, '--ip', address, '--jsonfile', report, `${name}:443`],
  ])
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch (error) {
    throw new Error(`testssl.sh gave no report: ${stderr}`, { cause: error })
  } finally {
    rmSync(place, { recursive: true })
  }
}
