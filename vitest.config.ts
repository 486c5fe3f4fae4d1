import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['./test/support/build-once.ts'],
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/support/ci-reporter.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
})
