import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { aMigratedTemplate } from './test-database.ts'

/** Runs the migrations of the project's service once; each test file copies the result. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const template = await aMigratedTemplate(join(project.config.root, 'src/migrate.ts'))
  project.provide('templateDatabase', template.name)
  return template.drop
}
