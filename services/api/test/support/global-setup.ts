import { aMigratedTemplate } from '@finity/kit/testing/test-database.ts'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    templateDatabase: string
  }
}

/** Runs the migrations once; each test file copies the result. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const template = await aMigratedTemplate(new URL('../../src/migrate.ts', import.meta.url).pathname)
  project.provide('templateDatabase', template.name)
  return template.drop
}
