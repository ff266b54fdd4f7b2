import { spawnSync } from 'node:child_process'
import { afterEach, expect, test } from 'vitest'
import { docker, folder, toolsImage, until } from './support/stack.ts'

const project = `${process.env.COMPOSE_PROJECT_NAME}-backups`
const started: string[] = []

afterEach(() => {
  for (const name of started.splice(0)) docker('rm', '--force', name)
})

/** Stands for a container of production; the doctor knows it by its labels. */
function start(service: string, command: string[], { oneoff = 'False', answer = '' } = {}): string {
  const name = `${project}-${service}`
  const labels = {
    project,
    service,
    oneoff,
    'project.config_files': 'compose/base.yml,compose/prod.yml',
  }
  const words = Object.entries(labels).map(([label, value]) => `--label=com.docker.compose.${label}=${value}`)
  const options = ['--detach', '--init', '--name', name, '--env', `ANSWER=${answer}`, ...words]
  docker('run', ...options, toolsImage, ...command)
  started.push(name)
  return name
}

const startDatabase = () => start('db', ['sleep', '300'])

/** A sidecar that gives this answer. */
async function startSidecar(answer: string): Promise<void> {
  const serve = 'http.createServer((_, response) => response.end(process.env.ANSWER)).listen(3002)'
  const name = start('backup', ['node', '--eval', serve], { answer })
  await until(async () => {
    docker('exec', name, 'node', '--eval', 'await fetch("http://127.0.0.1:3002")')
    return true
  })
}

function doctor(): string {
  const environment = { ...process.env, COMPOSE_PROJECT_NAME: project }
  return spawnSync('sh', ['scripts/doctor.sh'], { cwd: folder, encoding: 'utf8', env: environment }).stdout
}

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()
const drill = { at: hoursAgo(3.5), seconds: 9.2, label: null, bytes: 1_200_000_000, checks: [], error: null }

test('the doctor tells when a restore last proved a backup', async () => {
  startDatabase()
  await startSidecar(JSON.stringify({ drill, alerts: [] }))

  expect(doctor()).toMatch(/✓ backups +last proven restore 3 h ago, 1\.2 GB, 9 s\n/)
})

test('the doctor tells that no restore has proven a backup yet', async () => {
  startDatabase()
  await startSidecar(JSON.stringify({ drill: null, alerts: [] }))

  expect(doctor()).toMatch(/✓ backups +no restore has proven a backup yet\n/)
})

test('the doctor finds each alert of the sidecar, with its remedy', async () => {
  const alerts = [
    { code: 'BACKUP_OLD', sentence: 'The last backup is old.', remedy: 'npm run backup -- now' },
    { code: 'DRILL_FAILED', sentence: 'Not whole: a\nb', remedy: 'npm run backup -- drill' },
  ]
  startDatabase()
  await startSidecar(JSON.stringify({ drill, alerts }))

  const findings = doctor()

  expect(findings).toMatch(/✗ backups +The last backup is old\.\n\s+Remedy: npm run backup -- now\n/)
  expect(findings).toMatch(/✗ backups +Not whole: a b\n\s+Remedy: npm run backup -- drill\n/)
})

test('the doctor finds a sidecar that does not tell how the backups are', async () => {
  startDatabase()
  await startSidecar('nothing')

  expect(doctor()).toMatch(/✗ backups +The backup sidecar does not tell .*\n\s+Remedy: .*logs backup\n/)
})

test('the doctor finds production without its sidecar', () => {
  startDatabase()

  expect(doctor()).toMatch(/✗ backups +Production runs without its .*\n\s+Remedy: npm run deploy /)
})

test('the doctor takes no verb that is at work for the sidecar', () => {
  startDatabase()
  start('backup', ['sleep', '300'], { oneoff: 'True' })

  expect(doctor()).toMatch(/✗ backups +Production runs without its /)
})

test('the doctor asks nothing of backups where production does not run', () => {
  expect(doctor()).not.toMatch(/[✓✗!] backups/)
})
