import { defineConfig } from 'vitest/config'

const service = (name: string, globalSetup: string[] = []) => ({
  test: {
    name,
    root: `services/${name}`,
    include: ['test/**/*.test.ts'],
    globalSetup,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    provide: { attackRounds: Number(process.env.ATTACK_ROUNDS ?? 20) },
  },
})

/** Each test file has its own database, so files may run at once. TEST_DATABASE_ADMIN_URL names the server; ATTACK_ROUNDS makes the attacks longer. */
export default defineConfig({
  test: {
    projects: [
      service('kit'),
      service('auth', ['../kit/testing/migrated-template.ts']),
      service('api', ['../kit/testing/migrated-template.ts']),
      service('backup'),
      'web',
      { test: { name: 'tests', root: 'tests', include: ['workflows.test.ts'] } },
    ],
  },
})
