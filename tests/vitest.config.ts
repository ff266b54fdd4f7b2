import { defineConfig } from 'vitest/config'

// The files share one running stack: one after the other, with room for containers to start.
export default defineConfig({
  test: { include: ['*.test.ts'], fileParallelism: false, testTimeout: 120_000, hookTimeout: 120_000 },
})
